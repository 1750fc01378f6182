namespace Fink.Client.Tests;

public sealed class AlertFactsTests
{
    [Fact]
    public void ZTF_s_facts_are_those_of_the_candidate()
    {
        var alert = Some.Alert(Some.ZtfSchema, "ZTF18abc", 12L, new object?[] { 2459000.25, 2, 17.5f, 0.125f, 10.5, -3.25 }, "RRLyrae");

        var facts = alert.Facts;

        Assert.Equal(("ZTF18abc", "12", AlertSurvey.Ztf), (alert.ObjectId, alert.AlertId, facts.Survey));
        Assert.Equal(new DateTimeOffset(2020, 5, 30, 18, 0, 0, TimeSpan.Zero), facts.Time);
        Assert.Equal(("r", 17.5, 0.125), (facts.Band, facts.Magnitude, facts.MagnitudeError));
        Assert.Equal((10.5, -3.25, "RRLyrae"), (facts.RightAscension, facts.Declination, facts.Class));
    }

    [Fact]
    public void Rubin_s_flux_is_told_as_a_magnitude_and_its_time_in_UTC()
    {
        // 100 nJy are 31.4 - 5; an error of a tenth is 2.5 / ln 10 / 10.
        var alert = Some.Alert(Some.RubinSchema, 99L, new object?[] { 60000.0 + (37 / 86400.0), "g", 100f, 10f }, new object?[] { 7L });

        var facts = alert.Facts;

        Assert.Equal(("7", "99", AlertSurvey.Rubin, "g"), (alert.ObjectId, alert.AlertId, facts.Survey, facts.Band));
        Assert.Equal(26.4, facts.Magnitude!.Value, 6);
        Assert.Equal(0.108574, facts.MagnitudeError!.Value, 6);
        Assert.Equal(new DateTime(2023, 2, 25), facts.Time!.Value.UtcDateTime, TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData(double.NaN, -5f)]
    [InlineData(1e300, 0f)]
    [InlineData(double.NegativeInfinity, float.NaN)]
    public void What_no_alert_can_mean_is_no_fact(double time, float flux)
    {
        var facts = Some.Alert(Some.RubinSchema, null, new object?[] { time, "", flux, flux }, new object?[] { null }).Facts;

        Assert.Equal((null, null, null, null), (facts.Time, facts.Band, facts.Magnitude, facts.MagnitudeError));
    }

    [Fact]
    public void An_alert_of_another_shape_has_no_facts()
    {
        var alert = Some.Alert("""{"type":"record","name":"a","fields":[{"name":"x","type":"int"}]}""", 1);

        Assert.Equal((AlertSurvey.Unknown, null, null, null), (alert.Facts.Survey, alert.Facts.Time, alert.Facts.Class, alert.ObjectId));
        Assert.Equal("fink_some partition 1 offset 7", alert.ToString());
    }
}
