using System.Diagnostics;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Distribution;

/// <summary>The command, killed without a warning while it sends.</summary>
public sealed class KilledRunTests(TestClusters clusters) : IDisposable
{
    private const int Files = 12;
    private const int AlertsAFile = 2000;

    private readonly ParquetFiles _night = new();
    private readonly string _name = $"k{Guid.NewGuid():N}"[..9];

    public void Dispose() => _night.Dispose();

    [Fact]
    public async Task The_next_run_goes_on_at_the_slice_that_was_under_way_and_no_alert_is_lost()
    {
        var cluster = await clusters.KraftAsync();
        for (var file = 0; file < Files; file++)
        {
            _night.Write($"{file:00}.parquet", $"SELECT {file * AlertsAFile} + i AS candid, 'ZTF' || i AS objectId, repeat('x', 20000) AS cutout FROM range({AlertsAFile}) t(i)");
        }

        await File.WriteAllTextAsync(_night.PathOf("_rules.yaml"), $"topics: [{{ name: fink_{_name} }}]", TestContext.Current.CancellationToken);
        using (var killed = Start(cluster))
        {
            while (!killed.HasExited && Sent(cluster) == 0)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var before = Sent(cluster);
        using var next = Start(cluster);
        await next.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, next.ExitCode);
        Assert.InRange(before, 1, (Files * AlertsAFile) - 1);
        Assert.Equal(Files * AlertsAFile, ClusterViews.DistinctHeaders(cluster, $"fink_{_name}", "alertId").Count);
    }

    private long Sent(TestCluster cluster)
    {
        try
        {
            return ClusterViews.Held(cluster, $"fink_{_name}");
        }
        catch (Confluent.Kafka.KafkaException)
        {
            return 0; // It is not made yet.
        }
    }

    private Process Start(TestCluster cluster) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList =
        {
            Path.Combine(AppContext.BaseDirectory, "fink-kafka.dll"), "distribute", "--source", _night.Folder,
            "--rules", _night.PathOf("_rules.yaml"), "--job", _name,
            "--bootstrap-server", cluster.BootstrapServers, "--command-config", cluster.ProducerProperties,
        },
    })!;
}
