using Fink.Client.Reading;

namespace Fink.Client.Tests;

public sealed class RecentAlertsTests
{
    [Fact]
    public void An_alert_that_comes_again_within_the_window_is_no_new_one()
    {
        var recent = new RecentAlerts(window: 2);

        Assert.Equal([true, true, false, true, true], new[] { 1L, 2, 1, 3, 1 }.Select(id => recent.Add(Alert(id))));
    }

    [Fact]
    public void Without_a_window_and_without_an_id_every_alert_is_new()
    {
        var recent = new RecentAlerts(window: 2);

        Assert.Equal([true, true], new[] { 1L, 1 }.Select(id => new RecentAlerts(window: 0).Add(Alert(id))));
        Assert.Equal([true, true], new long?[] { null, null }.Select(id => recent.Add(Alert(id))));
    }

    [Fact]
    public void What_is_forgotten_is_new()
    {
        var recent = new RecentAlerts(window: 2);
        recent.Add(Alert(1));

        recent.Forget();

        Assert.True(recent.Add(Alert(1)));
    }

    private static Alert Alert(long? id) => Some.Alert("""{"type":"record","name":"a","fields":[{"name":"candid","type":["long","null"]}]}""", id);
}
