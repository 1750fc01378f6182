using Fink.Cli.LightCurves;
using Fink.Viewer.LightCurves;

namespace Fink.Cli.Tests.LightCurves;

public sealed class PlotTests
{
    private static readonly LightCurve Curve = new(
    [
        new(-20, "g", 18.0, 0.1, MeasurementKind.Detection),
        new(-10, "r", 17.0, 0.1, MeasurementKind.Detection),
        new(-5, "g", 19.0, null, MeasurementKind.Limit),
        new(0, "r", 16.0, 0.1, MeasurementKind.Alert),
    ]);

    [Fact]
    public void Brighter_is_higher_and_days_count_back_from_the_alert() => Assert.Equal(
        """
        magnitude (the smaller, the brighter)
            16 ┤                                                 ◉
               │
               │
               │
            17 ┤                         ●
               │
               │
               │
            18 ┤ ◆
               │
               │
               │
            19 ┤                                     ▽
               └─┬───────────┬───────────┬───────────┬───────────┬─
                -20         -15         -10         -5           0
                 days before (-) the alert
                 ◆ g band (1)   ● r band (1)   ◉ this alert (r)
                 ▽ fainter than this (1)
        """.ReplaceLineEndings("\n"),
        Text(Curve, 60, isUnicode: true));

    [Fact]
    public void Without_Unicode_a_band_is_its_letter() => Assert.Equal(
        """
        magnitude (the smaller, the brighter)
            16 +                                                 @
               |
               |
               |
            17 +                         r
               |
               |
               |
            18 + g
               |
               |
               |
            19 +                                     v
               +-+-----------+-----------+-----------+-----------+-
                -20         -15         -10         -5           0
                 days before (-) the alert
                 g g band (1)   r r band (1)   @ this alert (r)
                 v fainter than this (1)
        """.ReplaceLineEndings("\n"),
        Text(Curve, 60, isUnicode: false));

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(97)]
    [InlineData(500)]
    public void No_line_reaches_the_edge_of_the_terminal(int columns) =>
        Assert.All(Text(Curve, columns, isUnicode: true).Split('\n'), line => Assert.InRange(line.Length, 1, Math.Min(160, columns)));

    [Fact]
    public void An_alert_that_is_all_there_is_stands_alone()
    {
        var text = Text(new LightCurve([new(0, "i", 16.25, null, MeasurementKind.Alert)]), 80, isUnicode: true);

        Assert.Equal(2, text.Count(letter => letter == '◉'));
        Assert.Contains("16.2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_seen_hides_a_limit_at_the_same_place_and_the_alert_hides_both()
    {
        var sameNight = new LightCurve([new(0, "g", 18, null, MeasurementKind.Alert), new(0, "r", 18, null, MeasurementKind.Detection), new(0, "r", 18, null, MeasurementKind.Limit)]);

        Assert.Contains("◉", string.Join('\n', Text(sameNight, 80, isUnicode: true).Split('\n')[1..14]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_band_has_its_own_ink()
    {
        var strokes = new Plot(60, isUnicode: true).Draw(Curve).SelectMany(line => line).ToList();

        Assert.Contains(new Stroke("◆", "g"), strokes);
        Assert.Contains(new Stroke("◉", "r"), strokes);
        Assert.Contains(new Stroke("▽", "limit"), strokes);
    }

    [Fact]
    public void An_alert_of_another_shape_says_that_it_has_none() =>
        Assert.Equal("no light curve in it", Text(new LightCurve([]), 80, isUnicode: true));

    private static string Text(LightCurve curve, int columns, bool isUnicode) =>
        string.Join('\n', new Plot(columns, isUnicode).Draw(curve).Select(line => string.Concat(line.Select(stroke => stroke.Text))));
}
