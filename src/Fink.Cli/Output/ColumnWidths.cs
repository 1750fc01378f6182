namespace Fink.Cli.Output;

/// <summary>How wide a framed table's columns are, so that no word is parted.</summary>
internal static class ColumnWidths
{
    /// <summary>A line to the left of each cell and one at the end, a blank on both sides of each.</summary>
    private const int FrameOfColumn = 3;

    /// <returns>Null where not even the longest words have room beside each other.</returns>
    public static IReadOnlyList<int>? Of(Table table, int room)
    {
        List<IReadOnlyList<string>> rows = [[.. table.Headings.Select(heading => heading.Text)], .. table.Rows.Select(row => row.Select(PlainText.Cell).ToList())];
        var columns = table.Headings.Count;
        var least = Enumerable.Range(0, columns).Select(column => rows.Max(row => row[column].Split(' ').Max(word => word.Length))).ToArray();
        var widths = Enumerable.Range(0, columns).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var left = room - 1 - (FrameOfColumn * columns);
        if (least.Sum() > left)
        {
            return null;
        }

        // The column that can spare most gives first.
        while (widths.Sum() > left)
        {
            var widest = Enumerable.Range(0, columns).MaxBy(column => widths[column] - least[column]);
            widths[widest]--;
        }

        return widths;
    }
}
