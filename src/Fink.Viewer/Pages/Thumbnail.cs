using Fink.Viewer.LightCurves;

namespace Fink.Viewer.Pages;

/// <summary>A light curve as small as a stamp, without words: what it says stands beside it and on the alert's page.</summary>
internal static class Thumbnail
{
    private const double Width = 240;
    private const double Height = 110;
    private const double Margin = 12;

    /// <summary>More would be a blot.</summary>
    private const int MostMeasurements = 100;

    public static Markup Of(LightCurve curve)
    {
        var svg = new Markup();
        svg.Add($"""<svg viewBox="0 0 {Width} {Height}" aria-hidden="true" focusable="false"><rect class="frame" x=".5" y=".5" width="{Width - 1}" height="{Height - 1}" rx="5"/>""");
        if (curve.Measurements.Count > 0)
        {
            var (days, magnitudes) = (Scale.OfDays(curve), Scale.OfMagnitudes(curve));
            foreach (var measurement in curve.Measurements.TakeLast(MostMeasurements).OrderBy(measurement => measurement.Kind))
            {
                var x = Margin + (days.PlaceOf(measurement.Day) * (Width - (2 * Margin)));
                var y = Margin + (magnitudes.PlaceOf(measurement.Magnitude) * (Height - (2 * Margin)));
                Add(svg, measurement, x, y);
            }
        }

        svg.Add($"</svg>");
        return svg;
    }

    private static void Add(Markup svg, Measurement measurement, double x, double y)
    {
        var color = Marks.Class(measurement.Band);
        if (measurement.Kind == MeasurementKind.Limit)
        {
            svg.Add($"""<path class="limit {color}" d="M{x} {y}{Marks.Limit}"/>""");
            return;
        }

        svg.Add($"""<path class="mark {color}" d="M{x} {y}{Marks.Of(measurement.Band)}"/>""");
        if (measurement.Kind == MeasurementKind.Alert)
        {
            svg.Add($"""<path class="ring" d="M{x} {y}{Marks.Ring}"/>""");
        }
    }
}
