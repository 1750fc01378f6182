using System.Buffers;
using System.Globalization;
using System.Text;

namespace Fink.Cli.Output;

/// <summary>Text that does no harm to a terminal or to a program that reads lines.</summary>
internal static class PlainText
{
    private static readonly SearchValues<char> Unfit = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Concat(Enumerable.Range(0x202a, 5)).Concat(Enumerable.Range(0x2066, 4)).Select(code => (char)code)]);

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

    /// <summary>Columns with two spaces between them, no border, never wrapped.</summary>
    public static void WriteAligned(TextWriter writer, Table table)
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
            writer.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }
}
