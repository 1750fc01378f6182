using System.Globalization;
using Fink.Viewer.LightCurves;

namespace Fink.Viewer.Pages;

/// <summary>A light curve as SVG, its legend, and its measurements as a table for who cannot see it.</summary>
internal static class LightCurveFigure
{
    private const double Width = 560;
    private const double Height = 350;
    private const double Left = 62;
    private const double Right = Width - 14;
    private const double Top = 34;
    private const double Bottom = Height - 52;

    // On a phone, where letters are largest beside the figure.
    private const double HalfLetter = 6;

    public static Markup Of(LightCurve curve)
    {
        var figure = new Markup();
        if (curve.Measurements.Count == 0)
        {
            figure.Add($"""<p class="none">There is no measurement in this alert that can be drawn.</p>""");
            return figure;
        }

        figure.Add($"""
            <figure class="curve">
            {Drawing(curve)}
            {Legend(curve)}
            </figure>
            """);
        if (curve.LeftOut > 0)
        {
            figure.Add($"""<p class="note">{curve.LeftOut} older measurements are left out.</p>""");
        }

        figure.Add($"{Table(curve)}");
        return figure;
    }

    private static Markup Drawing(LightCurve curve)
    {
        var (days, magnitudes) = (Scale.OfDays(curve), Scale.OfMagnitudes(curve, withErrors: true));
        var svg = new Markup();
        svg.Add($"""
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="curve-title curve-desc">
            <title id="curve-title">Light curve</title>
            <desc id="curve-desc">{Description(curve)}</desc>
            """);
        AddAxes(svg, days, magnitudes);
        // The later kinds lie on top: a limit must not hide what was seen.
        foreach (var measurement in curve.Measurements.OrderBy(measurement => measurement.Kind))
        {
            AddMeasurement(svg, measurement, X(days, measurement.Day), value => Y(magnitudes, value));
        }

        svg.Add($"</svg>");
        return svg;
    }

    private static void AddAxes(Markup svg, Scale days, Scale magnitudes)
    {
        foreach (var (value, text) in magnitudes.Marks(8))
        {
            var y = Y(magnitudes, value);
            svg.Add($"""<path class="grid" d="M{Left} {y}H{Right}"/><text x="{Left - 8}" y="{y}" dy=".35em" text-anchor="end">{text}</text>""");
        }

        foreach (var (value, text) in days.Marks(6))
        {
            var x = X(days, value);
            var at = Math.Min(x, Width - (text.Length * HalfLetter));
            svg.Add($"""<path class="grid" d="M{x} {Top}V{Bottom}"/><text x="{at}" y="{Bottom + 21}" text-anchor="middle">{Signed(text)}</text>""");
        }

        svg.Add($"""
            <path class="axis" d="M{Left} {Top}V{Bottom}H{Right}"/>
            <text x="{(Left + Right) / 2}" y="{Height - 6}" text-anchor="middle">days from this alert</text>
            <text x="0" y="17">magnitude (brighter is up)</text>
            """);
    }

    private static void AddMeasurement(Markup svg, Measurement measurement, double x, Func<double, double> yOf)
    {
        var y = yOf(measurement.Magnitude);
        var color = Marks.Class(measurement.Band);
        svg.Add($"""<g class="{color}"><title>{Sentence(measurement)}</title>""");
        if (measurement.Kind == MeasurementKind.Limit)
        {
            svg.Add($"""<path class="limit" d="M{x} {y}{Marks.Limit}"/></g>""");
            return;
        }

        if (measurement.Error is { } error)
        {
            svg.Add($"""<path class="error" d="M{x} {yOf(measurement.Magnitude - error)}V{yOf(measurement.Magnitude + error)}"/>""");
        }

        svg.Add($"""<path class="mark" d="M{x} {y}{Marks.Of(measurement.Band)}"/>""");
        if (measurement.Kind == MeasurementKind.Alert)
        {
            svg.Add($"""<path class="ring" d="M{x} {y}{Marks.Ring}"/>""");
        }

        svg.Add($"</g>");
    }

    private static Markup Legend(LightCurve curve)
    {
        var legend = new Markup();
        legend.Add($"""<figcaption><ul class="legend">""");
        foreach (var band in curve.Measurements.GroupBy(measurement => measurement.Band).OrderBy(band => Bands.IndexOf(band.Key)))
        {
            var name = band.Key == Bands.Unknown ? "unknown band" : band.Key + " band";
            var seen = band.Count(measurement => measurement.Kind != MeasurementKind.Limit);
            AddEntry(legend, Marks.Class(band.Key), "mark", Marks.Of(band.Key), $"{name}: {seen} seen, {band.Count() - seen} not");
        }

        if (curve.Measurements.Any(measurement => measurement.Kind == MeasurementKind.Limit))
        {
            AddEntry(legend, "", "limit", Marks.Limit, "not seen: fainter than this");
        }

        if (curve.Measurements.Any(measurement => measurement.Kind == MeasurementKind.Alert))
        {
            AddEntry(legend, "", "ring", Marks.Ring, "this alert");
        }

        legend.Add($"""</ul></figcaption>""");
        return legend;
    }

    private static void AddEntry(Markup legend, string color, string mark, string shape, string text) => legend.Add(
        $"""<li class="{color}"><svg viewBox="-10 -10 20 20" aria-hidden="true"><path class="{mark}" d="M0 0{shape}"/></svg>{text}</li>""");

    private static Markup Table(LightCurve curve)
    {
        var table = new Markup();
        table.Add($"""
            <details>
            <summary>{(curve.Measurements.Count == 1 ? "The measurement" : $"The {curve.Measurements.Count} measurements")} as a table</summary>
            <div class="scroll" role="region" aria-label="Measurements" tabindex="0">
            <table>
            <thead><tr><th scope="col">Days from this alert</th><th scope="col">Band</th><th scope="col">Magnitude</th><th scope="col">Error</th><th scope="col">Seen</th></tr></thead>
            <tbody>
            """);
        foreach (var measurement in curve.Measurements)
        {
            var (seen, sign) = measurement.Kind switch
            {
                MeasurementKind.Limit => ("no", "> "),
                MeasurementKind.Alert => ("this alert", ""),
                _ => ("yes", ""),
            };
            table.Add($"<tr><td>{Signed(Digits(measurement.Day, "F4"))}</td><td>{measurement.Band}</td><td>{sign}{Digits(measurement.Magnitude, "F3")}</td><td>{(measurement.Error is { } error ? Digits(error, "F3") : "")}</td><td>{seen}</td></tr>");
        }

        table.Add($"""
            </tbody>
            </table>
            </div>
            </details>
            """);
        return table;
    }

    private static string Description(LightCurve curve)
    {
        var limits = curve.Measurements.Count(measurement => measurement.Kind == MeasurementKind.Limit);
        return $"Magnitudes over days: {curve.Measurements.Count - limits} detections and {limits} upper limits, "
            + $"from {Digits(-curve.Measurements[0].Day, "0.#")} days before the alert on. The same as a table follows.";
    }

    private static string Sentence(Measurement measurement)
    {
        var error = measurement.Error is { } sigma ? " ± " + Digits(sigma, "F3") : "";
        var what = measurement.Kind == MeasurementKind.Limit ? "fainter than " : "";
        return $"{measurement.Band}: {what}{Digits(measurement.Magnitude, "F3")}{error}, day {Signed(Digits(measurement.Day, "F3"))}";
    }

    private static double X(Scale days, double day) => Left + 10 + (days.PlaceOf(day) * (Right - Left - 20));

    private static double Y(Scale magnitudes, double magnitude) => Top + (magnitudes.PlaceOf(magnitude) * (Bottom - Top));

    private static string Digits(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>With the minus sign that is as wide as a digit.</summary>
    private static string Signed(string number) => number.Replace('-', '−');
}
