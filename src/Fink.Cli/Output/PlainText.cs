using System.Buffers;
using System.Globalization;
using System.Text;

namespace Fink.Cli.Output;

/// <summary>Text that does no harm to a terminal or to a program that reads lines.</summary>
internal static class PlainText
{
    private static readonly SearchValues<char> Unfit = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Concat(Enumerable.Range(0x202a, 5)).Concat(Enumerable.Range(0x2066, 4)).Select(code => (char)code)]);

    private const string Gap = "  ";

    /// <summary>A last column narrower than this is no column to read in.</summary>
    private const int LeastRoom = 20;

    /// <summary>
    /// Control characters, which names in a cluster may hold, become visible escapes, and so do the marks that turn the
    /// direction of writing: they would reach beyond the cell.
    /// </summary>
    public static string Cell(string text)
    {
        if (!text.AsSpan().ContainsAny(Unfit))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '\t' => escaped.Append(@"\t"),
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                _ when Unfit.Contains(letter) => escaped.Append(CultureInfo.InvariantCulture, $@"\u{(int)letter:x4}"),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Columns with two spaces between them, no border.</summary>
    /// <param name="width">
    /// Where a line must end; null for nowhere. What is longer goes on under its last column, from word to word, or a little in where
    /// that column has no room.
    /// </param>
    public static void WriteAligned(TextWriter writer, Table table, int? width = null)
    {
        var rows = table.Rows.Select(row => row.Select(Cell).ToArray()).ToList();
        if (table.Headings.Count > 0)
        {
            rows.Insert(0, [.. table.Headings.Select(heading => heading.Text.ToUpperInvariant().Replace(' ', '-'))]);
        }

        var widths = Enumerable.Range(0, rows.Count == 0 ? 0 : rows.Max(row => row.Length))
            .Select(column => rows.Max(row => column < row.Length ? row[column].Length : 0))
            .ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) =>
                column < table.Headings.Count && table.Headings[column].IsNumber ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            var line = string.Join(Gap, cells).TrimEnd();
            if (line.Length <= width || width is null || row.Length < 2)
            {
                writer.WriteLine(line);
                continue;
            }

            var indent = widths.Take(row.Length - 1).Sum(column => column + Gap.Length);
            WriteWords(writer, string.Join(Gap, cells.SkipLast(1)), indent + LeastRoom <= width ? indent : Gap.Length, row[^1].Split(' '), width.Value);
        }
    }

    private static void WriteWords(TextWriter writer, string before, int indent, IEnumerable<string> words, int width)
    {
        var line = new StringBuilder(before.TrimEnd());
        var start = line.Length <= indent ? indent : width;
        foreach (var word in words)
        {
            var at = Math.Max(line.Length, start);
            var gap = line.Length > start ? 1 : 0;
            if (line.Length > 0 && at + gap + word.Length > width)
            {
                writer.WriteLine(line);
                line.Clear();
                (start, at, gap) = (indent, indent, 0);
            }

            line.Append(' ', at + gap - line.Length).Append(word);
        }

        writer.WriteLine(line);
    }
}
