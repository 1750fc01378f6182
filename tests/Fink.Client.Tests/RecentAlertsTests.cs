using Fink.Client.Reading;

namespace Fink.Client.Tests;

public sealed class RecentAlertsTests
{
    private const string Schema = """{"type":"record","name":"a","fields":[{"name":"candid","type":["long","null"]}]}""";

    [Fact]
    public void An_alert_that_comes_again_within_the_window_is_no_new_one()
    {
        var recent = new RecentAlerts(window: 2, CommitMode.Automatic);

        Assert.Equal([true, true, false, true, true], new[] { 1L, 2, 1, 3, 1 }.Select(id => recent.Add(Alert(id))));
    }

    [Fact]
    public void Without_a_window_and_without_an_id_every_alert_is_new()
    {
        var recent = new RecentAlerts(window: 2, CommitMode.Automatic);

        Assert.Equal([true, true], new[] { 1L, 1 }.Select(id => new RecentAlerts(window: 0, CommitMode.Automatic).Add(Alert(id))));
        Assert.Equal([true, true], new long?[] { null, null }.Select(id => recent.Add(Alert(id))));
    }

    [Fact]
    public void What_is_forgotten_is_new()
    {
        var recent = new RecentAlerts(window: 2, CommitMode.Automatic);
        recent.Add(Alert(1));

        recent.Forget();

        Assert.True(recent.Add(Alert(1)));
    }

    [Fact]
    public void Who_commits_by_hand_is_given_a_message_once_more_and_no_other_one_of_its_alert()
    {
        var recent = new RecentAlerts(window: 2, CommitMode.Manual);

        Assert.Equal([true, true, false], new[] { 7L, 7, 8 }.Select(offset => recent.Add(Some.AlertAt(offset, Schema, 1L))));
    }

    private static Alert Alert(long? id) => Some.Alert(Schema, id);
}
