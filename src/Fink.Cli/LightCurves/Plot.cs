using Fink.Viewer.LightCurves;

namespace Fink.Cli.LightCurves;

/// <summary>Draws a light curve in letters: brighter is higher, days count back from the alert.</summary>
/// <param name="columns">Of the terminal; the plot takes at most 160 and at least 40.</param>
/// <param name="isUnicode">Whether dots and lines can be shown; else plain ASCII.</param>
internal sealed class Plot(int columns, bool isUnicode)
{
    private const int Rows = 13;
    private const int LabelWidth = 6;

    /// <summary>The axis and a blank on both sides.</summary>
    private const int Margin = LabelWidth + 3;

    private readonly int _width = Math.Clamp(columns - 1, 40, 160);

    // A band is told by its mark as well as by its colour.
    private string Marks => isUnicode ? "★◆●▲■✚○" : "ugrizyo";

    private char LimitMark => isUnicode ? '▽' : 'v';

    private char AlertMark => isUnicode ? '◉' : '@';

    public IReadOnlyList<IReadOnlyList<Stroke>> Draw(LightCurve curve)
    {
        if (curve.Measurements.Count == 0)
        {
            return [[new Stroke("no light curve in it", "")]];
        }

        var sheet = new Sheet(_width, Rows + 2);
        var (days, magnitudes) = (Scale.OfDays(curve), Scale.OfMagnitudes(curve));
        DrawAxes(sheet, days, magnitudes);
        // The later kinds lie on top: a limit must not hide what was seen.
        foreach (var measurement in curve.Measurements.OrderBy(measurement => measurement.Kind))
        {
            var (mark, ink) = measurement.Kind switch
            {
                MeasurementKind.Limit => (LimitMark, "limit"),
                MeasurementKind.Alert => (AlertMark, measurement.Band),
                _ => (MarkOf(measurement.Band), measurement.Band),
            };
            sheet.Put(Margin + days.CellOf(measurement.Day, Cells), magnitudes.CellOf(measurement.Magnitude, Rows), mark, ink);
        }

        return [[new Stroke("magnitude (the smaller, the brighter)", "")], .. sheet.Lines(), .. Legend(curve)];
    }

    /// <summary>For days.</summary>
    private int Cells => _width - Margin - 1;

    private void DrawAxes(Sheet sheet, Scale days, Scale magnitudes)
    {
        var (line, tick, corner, floor, floorTick) = isUnicode ? ('│', '┤', '└', '─', '┬') : ('|', '+', '+', '-', '+');
        for (var row = 0; row < Rows; row++)
        {
            sheet.Put(LabelWidth + 1, row, line);
        }

        foreach (var (value, text) in magnitudes.Marks(5))
        {
            sheet.Write(LabelWidth - text.Length, magnitudes.CellOf(value, Rows), text);
            sheet.Put(LabelWidth + 1, magnitudes.CellOf(value, Rows), tick);
        }

        sheet.Put(LabelWidth + 1, Rows, corner);
        for (var column = LabelWidth + 2; column < sheet.Width; column++)
        {
            sheet.Put(column, Rows, floor);
        }

        foreach (var (value, text) in days.Marks(Cells / 12))
        {
            var column = Margin + days.CellOf(value, Cells);
            sheet.Put(column, Rows, floorTick);
            sheet.Write(Math.Min(column - (text.Length / 2), sheet.Width - text.Length), Rows + 1, text);
        }
    }

    private IEnumerable<IReadOnlyList<Stroke>> Legend(LightCurve curve)
    {
        yield return [new Stroke($"{new string(' ', Margin)}days before (-) the alert", "")];
        var entries = new List<Stroke>();
        foreach (var band in curve.Measurements.Where(measurement => measurement.Kind == MeasurementKind.Detection).GroupBy(measurement => measurement.Band).OrderBy(band => Bands.IndexOf(band.Key)))
        {
            entries.Add(new Stroke($"{MarkOf(band.Key)} {band.Key} band ({band.Count()})", band.Key));
        }

        foreach (var alert in curve.Measurements.Where(measurement => measurement.Kind == MeasurementKind.Alert))
        {
            entries.Add(new Stroke($"{AlertMark} this alert ({alert.Band})", alert.Band));
        }

        if (curve.Measurements.Count(measurement => measurement.Kind == MeasurementKind.Limit) is > 0 and var limits)
        {
            entries.Add(new Stroke($"{LimitMark} fainter than this ({limits})", "limit"));
        }

        // As many beside each other as fit.
        var row = new List<Stroke>();
        var used = 0;
        foreach (var entry in entries)
        {
            if (row.Count > 0 && used + 3 + entry.Text.Length > _width)
            {
                yield return row;
                (row, used) = ([], 0);
            }

            row.Add(new Stroke(row.Count == 0 ? new string(' ', Margin) : "   ", ""));
            row.Add(entry);
            used += row[^2].Text.Length + entry.Text.Length;
        }

        yield return row;
    }

    private char MarkOf(string band) => Marks[Bands.IndexOf(band)];
}
