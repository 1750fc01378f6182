using Fink.Viewer.LightCurves;

namespace Fink.Viewer.Tests.LightCurves;

public sealed class LightCurveTests
{
    [Fact]
    public void ZTF_gives_magnitudes_limits_and_filters_by_number()
    {
        var curve = LightCurve.Of(TestAlert.Ztf(
            Look.Seen(2461000.5, 2, 17.25, 0.05),
            [Look.Seen(2460990.5, 1, 18), null, Look.NotSeen(2460980.5, 3, 20.25), Look.Seen(2460999.5, 9, 19, error: null)]));

        Assert.Equal(
            [
                new Measurement(-20, "i", 20.25, null, MeasurementKind.Limit),
                new Measurement(-10, "g", 18, 0.1, MeasurementKind.Detection),
                new Measurement(-1, "?", 19, null, MeasurementKind.Detection),
                new Measurement(0, "r", 17.25, 0.05, MeasurementKind.Alert),
            ],
            curve.Measurements);
    }

    [Fact]
    public void Rubin_gives_nanojansky_and_what_dimmed_is_a_limit_of_five_sigma()
    {
        var curve = LightCurve.Of(TestAlert.Rubin(
            Look.Flux(61041.5, 1000, 10), [Look.Flux(61031.5, -500, 20), Look.Flux(61021.5, -5, null), Look.Flux(61011.5, null, 3)], "y"));

        Assert.Equal([MeasurementKind.Limit, MeasurementKind.Alert], curve.Measurements.Select(measurement => measurement.Kind));
        Assert.Equal(31.4 - (2.5 * 2), curve.Measurements[0].Magnitude, 10);
        Assert.Equal(31.4 - (2.5 * 3), curve.Measurements[1].Magnitude, 10);
        Assert.Equal(0.010857, curve.Measurements[1].Error!.Value, 6);
        Assert.All(curve.Measurements, measurement => Assert.Equal("y", measurement.Band));
    }

    [Fact]
    public void What_is_null_NaN_infinite_or_beyond_all_measure_is_no_measurement()
    {
        var curve = LightCurve.Of(TestAlert.Ztf(
            Look.Seen(double.NaN, 1, 17),
            [
                new Look([null, null, null, null, null]), new Look([2461000.5, 1, null, null, null]), Look.Seen(2461000.5, 1, double.NaN) with { Values = [2461000.5, 1, double.NaN, 0.1, null] },
                Look.NotSeen(2461000.5, 1, double.PositiveInfinity), Look.NotSeen(2461000.5, 1, -999), Look.Seen(1e300, 1, 17), Look.Seen(-1, 1, 17),
            ]));

        Assert.Empty(curve.Measurements);
    }

    [Fact]
    public void A_band_of_any_other_name_is_unknown() =>
        Assert.Equal("?", LightCurve.Of(TestAlert.Rubin(Look.Flux(61041.5, 1000, 10), band: "<script>")).Measurements[0].Band);

    [Fact]
    public void Of_a_hundred_thousand_looks_the_last_are_kept()
    {
        var history = Enumerable.Range(0, 100_000).Select(i => Look.Seen(2461000.5 - i, 1 + (i % 2), 18));

        var curve = LightCurve.Of(TestAlert.Ztf(Look.Seen(2461001.5, 1, 17), history));

        Assert.Equal((LightCurve.MostMeasurements, 100_001 - LightCurve.MostMeasurements), (curve.Measurements.Count, curve.LeftOut));
        Assert.Equal(MeasurementKind.Alert, curve.Measurements[^1].Kind);
        Assert.Equal(1 - LightCurve.MostMeasurements, curve.Measurements[0].Day);
    }
}
