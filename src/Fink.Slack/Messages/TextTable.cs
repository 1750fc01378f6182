using System.Text;

namespace Fink.Slack.Messages;

/// <summary>A table in letters of one width, as Apache Spark shows a data frame: that is how the original's channels have it.</summary>
internal static class TextTable
{
    private const int MostLettersOfACell = 100;

    /// <summary>Code blocks of at most <paramref name="limit"/> characters, each with the headings; a row is never cut in two.</summary>
    public static IReadOnlyList<string> Draw(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows, int limit)
    {
        var cells = rows.Select(row => row.Select(Shortened).ToArray()).ToList();
        string[] names = [.. headings.Select(Shortened)];
        int[] widths = [.. names.Select((name, column) => Math.Max(name.Length, cells.Max(row => row[column].Length)))];
        var rule = '+' + string.Concat(widths.Select(width => new string('-', width) + '+'));
        var top = $"{rule}\n{Line(names, widths)}\n{rule}\n";

        var blocks = new List<string>();
        var block = new StringBuilder(top);
        foreach (var line in cells.Select(row => Line(row, widths)))
        {
            if (block.Length > top.Length && MessageText.CodeBlock($"{block}{line}\n{rule}").Length > limit)
            {
                blocks.Add(MessageText.CodeBlock(block.Append(rule).ToString()));
                block = new StringBuilder(top);
            }

            block.Append(line).Append('\n');
        }

        blocks.Add(MessageText.CodeBlock(block.Append(rule).ToString()));
        return blocks;
    }

    /// <summary>As much of a text as a cell holds.</summary>
    public static string Shortened(string text) =>
        text.Length <= MostLettersOfACell ? text
        : char.IsHighSurrogate(text[MostLettersOfACell - 2]) ? text[..(MostLettersOfACell - 2)] + '…'
        : text[..(MostLettersOfACell - 1)] + '…';

    /// <summary>Widths are those of what is shown: Slack shows an escaped letter as one.</summary>
    private static string Line(string[] cells, int[] widths) =>
        '|' + string.Concat(cells.Select((cell, column) => MessageText.Escape(cell.PadRight(widths[column])) + '|'));
}
