using System.Diagnostics;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Distribution;

/// <summary>One of three brokers, killed without a warning while a run sends.</summary>
public sealed class LostBrokerTests
{
    [Fact]
    public async Task A_run_to_topics_with_replicas_goes_on_without_it_and_every_alert_arrives()
    {
        await using var cluster = await TestClusters.ThreeBrokersAsync();
        var (night, run) = await JobNight.UnderWayAsync(cluster, "replication-factor: 3, partitions: 3, ");
        using var disposedNight = night;
        using var disposedRun = run;

        await KillAsync(cluster, "broker-1");
        var result = await run.ResultAsync();

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(night.Alerts, night.Arrived());
        Assert.Equal((night.Files, 0), await night.ProgressAsync());
    }

    private static async Task KillAsync(TestCluster cluster, string name)
    {
        var status = await cluster.Local.StatusAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var broker = Process.GetProcessById(status.Processes.Single(process => process.Name == name).ProcessId!.Value);
        broker.Kill();
        await broker.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
