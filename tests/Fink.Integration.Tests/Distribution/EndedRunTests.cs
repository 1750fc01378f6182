using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Distribution;

/// <summary>The command, asked to end before its backlog does, and two of it at once.</summary>
public sealed class EndedRunTests(TestClusters clusters)
{
    [Theory]
    [InlineData(TestClusters.Embedded, "INT", 130)]
    [InlineData(TestClusters.Embedded, "TERM", 143)]
    [InlineData(TestClusters.Kraft, "INT", 130)]
    [InlineData(TestClusters.Kraft, "TERM", 143)]
    public async Task A_signal_ends_a_run_at_a_slice_s_border_and_the_next_sends_the_rest_and_nothing_twice(string kind, string signal, int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            throw SkippedException.Because("signals of Unix");
        }

        var (night, run) = await JobNight.DisturbedAsync(await clusters.OfAsync(kind), async (_, run) =>
        {
            await run.SignalAsync(signal);
            await run.ExitAsync();
        });
        using var disposedNight = night;
        using var disposedRun = run;
        var ended = await run.ResultAsync();

        Assert.Equal((exitCode, "cancelled"), (ended.ExitCode, ended.End));
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        await AssertEndedAtBorderAsync(night, ended);
        await AssertNextSendsTheRestAsync(night, ended);
    }

    [Theory]
    [InlineData(TestClusters.Embedded, "--exit-after")]
    [InlineData(TestClusters.Embedded, "--exit_after")]
    [InlineData(TestClusters.Kraft, "--exit-after")]
    [InlineData(TestClusters.Kraft, "--exit_after")]
    public async Task When_its_time_is_up_a_run_begins_no_slice_and_leaves_it_to_the_next(string kind, string option)
    {
        using var night = new JobNight(await clusters.OfAsync(kind));
        using var run = night.Start(option, "1ms");
        var ended = await run.ResultAsync();

        Assert.Equal((0, "timeUp"), (ended.ExitCode, ended.End));
        Assert.Contains("the time is up", ended.Error, StringComparison.Ordinal);
        Assert.InRange(ended.SlicesDone, 0, 1);
        Assert.Equal(night.Files, ended.SlicesDone + ended.SlicesLeft);
        await AssertNextSendsTheRestAsync(night, ended);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task Two_runs_of_a_job_at_once_share_it_and_lose_nothing(string kind)
    {
        using var night = new JobNight(await clusters.OfAsync(kind));
        using var one = night.Start();
        using var other = night.Start();
        var results = await Task.WhenAll(one.ResultAsync(), other.ResultAsync());

        Assert.All(results, result => Assert.True(result.ExitCode == 0, result.Error));
        Assert.Equal(night.Alerts, night.Arrived());
        Assert.Equal(night.Held(), results.Sum(result => result.Sent));
        // A worker hands its slices over committed, and what two planners listed twice is taken once.
        Assert.Equal(night.Alerts, night.Held());
        Assert.Equal(0, (await night.ProgressAsync()).Lag);
    }

    private static async Task AssertEndedAtBorderAsync(JobNight night, JobResult ended)
    {
        Assert.InRange(ended.SlicesDone, 1, night.Files - 1);
        Assert.Equal(night.Files, ended.SlicesDone + ended.SlicesLeft);
        Assert.Equal(ended.SlicesDone * JobNight.AlertsAFile, ended.Sent);
        Assert.Equal(ended.Sent, night.Held());
        Assert.Equal((ended.SlicesDone, ended.SlicesLeft), await night.ProgressAsync());
    }

    private static async Task AssertNextSendsTheRestAsync(JobNight night, JobResult ended)
    {
        using var next = night.Start();
        var rest = await next.ResultAsync();

        Assert.True(rest.ExitCode == 0, rest.Error);
        Assert.Equal((night.Files - ended.SlicesDone, 0), (rest.SlicesDone, rest.SlicesLeft));
        Assert.Equal(night.Alerts, night.Held());
        Assert.Equal(night.Alerts, night.Arrived());
    }
}
