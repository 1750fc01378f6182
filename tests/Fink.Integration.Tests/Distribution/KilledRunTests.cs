using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Distribution;

/// <summary>The command, killed without a warning while it sends.</summary>
public sealed class KilledRunTests(TestClusters clusters)
{
    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task The_next_run_goes_on_at_the_slice_that_was_under_way_and_no_alert_is_lost(string kind)
    {
        var (night, killed) = await JobNight.DisturbedAsync(await clusters.OfAsync(kind), (_, run) => run.KillAsync());
        using var disposedNight = night;
        using var disposedRun = killed;
        var held = night.Held();
        var (committed, lag) = await night.ProgressAsync();

        using var next = night.Start();
        var result = await next.ResultAsync();

        Assert.InRange(committed, 1, night.Files - 1);
        Assert.Equal(night.Files, committed + lag);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.InRange(result.SlicesDone, 1, night.Files - committed);
        Assert.Equal(night.Alerts, night.Arrived());
        // At least once: twice is only what was sent of slices that were not committed.
        Assert.InRange(night.Held() - night.Alerts, 0, held - (committed * JobNight.AlertsAFile));
        Assert.Equal((night.Files, 0), await night.ProgressAsync());
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_run_killed_before_it_committed_anything_shows_what_is_left(string kind)
    {
        var (night, killed) = await JobNight.UnderWayAsync(await clusters.OfAsync(kind));
        using var disposedNight = night;
        using var disposedRun = killed;
        await killed.KillAsync();

        var (committed, lag) = await night.ProgressAsync();

        Assert.Equal(night.Files, committed + lag);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_run_that_waits_takes_over_from_one_that_is_killed(string kind)
    {
        JobRun? started = null;
        var (night, killed) = await JobNight.DisturbedAsync(await clusters.OfAsync(kind), async (night, run) =>
        {
            started?.Dispose();
            started = night.Start();
            await run.KillAsync();
        });
        using var disposedNight = night;
        using var disposedRun = killed;
        using var waiting = started!;

        var result = await waiting.ResultAsync();

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(night.Alerts, night.Arrived());
        Assert.Equal((night.Files, 0), await night.ProgressAsync());
    }
}
