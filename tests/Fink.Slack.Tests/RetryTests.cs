using Fink.TestSupport.Clusters;
using Microsoft.AspNetCore.Http;

namespace Fink.Slack.Tests;

/// <summary>What is sent again, and what is not because it may have been posted.</summary>
public sealed class RetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_is_turned_away_is_sent_again_once_the_time_is_over_that_Slack_asked_for()
    {
        await using var workspace = await SlackWorkspace.OpenAsync("alerts");
        using var slack = await workspace.ConnectAsync();
        var begun = workspace.Time.GetUtcNow();
        workspace.Double.TurnAwayNextPost(retryAfterSeconds: 7);
        workspace.Double.TurnAwayNextPost(retryAfterSeconds: 30);

        await workspace.PassAsync(slack.SendAsync("#alerts", "hello", Cancel));

        Assert.True(Assert.Single(workspace.Double.Posts).At - begun >= TimeSpan.FromSeconds(37));
        Assert.Equal([7, 30], workspace.Waits.Select(wait => wait.Pause.TotalSeconds));
    }

    [Fact]
    public async Task A_message_that_is_turned_away_again_and_again_is_given_up()
    {
        await using var workspace = await SlackWorkspace.OpenAsync("alerts");
        using var slack = await workspace.ConnectAsync();
        Enumerable.Range(0, 11).ToList().ForEach(_ => workspace.Double.TurnAwayNextPost(retryAfterSeconds: 1));

        var given = await Assert.ThrowsAsync<SlackException>(() => workspace.PassAsync(slack.SendAsync("#alerts", "hello", Cancel)));

        Assert.Equal(SlackFailure.RateLimited, given.Failure);
        Assert.Empty(workspace.Double.Posts);
    }

    [Fact]
    public async Task A_message_whose_answer_is_lost_is_not_sent_again_and_that_is_told()
    {
        await using var workspace = await SlackWorkspace.OpenAsync("alerts");
        using var slack = await workspace.ConnectAsync();
        workspace.Double.BreakNextPost();

        var broken = await Assert.ThrowsAsync<SlackException>(() => workspace.PassAsync(slack.SendAsync("#alerts", "hello", Cancel)));

        Assert.Equal(SlackFailure.Uncertain, broken.Failure);
        Assert.Contains("#alerts", broken.Message, StringComparison.Ordinal);
        Assert.Empty(workspace.Double.Posts);
    }

    [Theory]
    [InlineData(500, "oops")]
    [InlineData(503, """{"ok":false,"error":"service_unavailable"}""")]
    [InlineData(200, """{"ok":false,"error":"internal_error"}""")]
    public async Task A_message_at_which_Slack_itself_fails_is_not_sent_again(int status, string answer)
    {
        await using var workspace = await SlackWorkspace.OpenAsync("alerts");
        using var slack = await workspace.ConnectAsync();
        workspace.Double.NextPost(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(answer);
        });

        var failed = await Assert.ThrowsAsync<SlackException>(() => workspace.PassAsync(slack.SendAsync("#alerts", "hello", Cancel)));

        Assert.Equal(SlackFailure.Uncertain, failed.Failure);
        Assert.Empty(workspace.Double.Posts);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_leaves_it_open_whether_the_message_is_posted()
    {
        await using var workspace = await SlackWorkspace.OpenAsync("alerts");
        using var slack = await SlackNotifier.ConnectAsync(workspace.Options with { Timeout = TimeSpan.FromHours(1) }, workspace.Time, Cancel);
        var arrived = new TaskCompletionSource();
        workspace.Double.NextPost(async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        var sending = slack.SendAsync("#alerts", "hello", Cancel);
        await arrived.Task.WaitAsync(Cancel);
        workspace.Time.Advance(TimeSpan.FromHours(1));
        var late = await Assert.ThrowsAsync<SlackException>(() => sending);

        Assert.Equal(SlackFailure.Uncertain, late.Failure);
        Assert.Contains("3600 s", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_tried_a_few_times_and_told_with_the_host()
    {
        await using var workspace = await SlackWorkspace.OpenAsync();
        var nobody = TestClusters.FreeAddresses(1)[0];

        var failed = await Assert.ThrowsAsync<SlackException>(() => workspace.PassAsync(SlackNotifier.ConnectAsync(
            workspace.Options with { Api = new Uri($"http://127.0.0.1:{nobody.Port}/api/") }, workspace.Time, Cancel)));

        Assert.Equal(SlackFailure.Unreachable, failed.Failure);
        Assert.Contains("127.0.0.1", failed.Message, StringComparison.Ordinal);
        Assert.Equal(4, workspace.Waits.Count);
    }

    [Fact]
    public async Task The_part_of_a_message_that_is_posted_before_a_failure_is_told()
    {
        await using var workspace = await SlackWorkspace.OpenAsync("alerts");
        using var slack = await workspace.ConnectAsync();
        var sending = slack.SendAsync("#alerts", new string('x', 9000), Cancel);
        while (workspace.Double.Posts.Count == 0)
        {
            await Task.Delay(1, Cancel);
        }

        workspace.Double.BreakNextPost();
        var failed = await Assert.ThrowsAsync<SlackException>(() => workspace.PassAsync(sending));

        Assert.Contains("1 of 3 messages were posted before", failed.Message, StringComparison.Ordinal);
    }
}
