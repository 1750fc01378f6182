using Fink.Distribution;
using Fink.Distribution.Configuration;
using Fink.Kafka;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Distribution;

/// <summary>Whole runs as finkProducer against a secured Kafka, over files that DuckDB writes.</summary>
public sealed class DistributionRunTests(TestClusters clusters) : IDisposable
{
    private const string Alerts =
        "SELECT i AS candid, 'ZTF' || (i % 50) AS objectId, CASE WHEN i % 3 = 0 THEN 'RRLyr' ELSE 'EB*' END AS cdsxmatch, repeat('x', CAST(i % 7 AS INT) * 1000) AS cutout FROM range(3000) t(i)";

    private readonly ParquetFiles _night = new();
    private readonly string _name = $"t{Guid.NewGuid():N}"[..9];

    public void Dispose() => _night.Dispose();

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task Every_alert_arrives_once_and_a_second_run_finds_nothing_to_do(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        _night.Write("a.parquet", Alerts, rowGroupSize: 2048);
        var rules = Rules($"topics: [{{ name: fink_{_name}, where: candid < 2000 }}, {{ by: cdsxmatch, prefix: fink_{_name}_ }}]");

        var first = await RunAsync(cluster, rules);
        var second = await RunAsync(cluster, rules);
        _night.Write("b.parquet", "SELECT 5000 AS candid, 'ZTF1' AS objectId, 'QSO' AS cdsxmatch, 'x' AS cutout");
        var third = await RunAsync(cluster, rules);

        Assert.Null(first.Error);
        Assert.Equal(DistributionEnd.Done, first.End);
        Assert.Equal((3000, 5000, 5000), (first.Read, first.Matched, first.Sent));
        Assert.Equal(DistributionEnd.NothingToDo, second.End);
        Assert.True(second.Succeeded);
        Assert.Equal((1, 1), (third.Read, third.Sent));
        Assert.Equal((2000, 1000, 2000, 1), (ClusterViews.Held(cluster, $"fink_{_name}"), ClusterViews.Held(cluster, $"fink_{_name}_rrlyr"), ClusterViews.Held(cluster, $"fink_{_name}_eb"), ClusterViews.Held(cluster, $"fink_{_name}_qso")));
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_look_moves_no_progress(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        _night.Write("a.parquet", Alerts);
        var rules = Rules($"topics: [{{ name: fink_{_name} }}]");

        var look = await RunAsync(cluster, rules, options => options with { Limit = 10 });
        var run = await RunAsync(cluster, rules);

        Assert.Equal((DistributionEnd.LimitReached, 10), (look.End, look.Sent));
        Assert.Equal(3000, run.Sent);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_message_that_is_too_large_fails_with_alert_topic_and_reason_and_is_not_tried_again(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        _night.Write("a.parquet", Alerts);
        var rules = Rules($"topics: [{{ name: fink_{_name}, max-message-bytes: 5kB }}]");

        var first = await RunAsync(cluster, rules);
        var second = await RunAsync(cluster, rules);

        Assert.InRange(first.Failed, 1, 2999);
        Assert.Equal(3000, first.Sent + first.Failed);
        Assert.All(first.Failures, failure => Assert.False(failure.IsRetried));
        Assert.Contains("too large", first.Failures[0].Reason, StringComparison.Ordinal);
        Assert.Equal(ClusterViews.Held(cluster, $"fink_{_name}"), first.Sent);
        Assert.Equal(DistributionEnd.NothingToDo, second.End);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_denied_topic_fails_alone_and_its_alerts_alone_are_tried_again(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        _night.Write("a.parquet", Alerts);
        var rules = Rules($"topics: [{{ name: fink_{_name} }}, {{ name: private_{_name}, where: candid < 100 }}]");

        var denied = await RunAsync(cluster, rules);
        var again = await RunAsync(cluster, rules, connection: ClusterViews.Connection(cluster, cluster.AdminProperties));

        Assert.Equal((3000, 100), (denied.Sent, denied.Failed));
        Assert.False(denied.Succeeded);
        Assert.All(denied.Failures, failure => Assert.Equal(($"private_{_name}", true), (failure.Topic, failure.IsRetried)));
        Assert.Equal((100, 0), (again.Sent, again.Failed));
        Assert.Equal((3000, 100), (ClusterViews.Held(cluster, $"fink_{_name}"), ClusterViews.Held(cluster, $"private_{_name}")));
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_truncated_file_is_named_and_is_sent_once_it_is_whole(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        var whole = await File.ReadAllBytesAsync(_night.Write("a.parquet", Alerts), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_night.PathOf("a.parquet"), whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        _night.Write("b.parquet", "SELECT 5000 AS candid, 'ZTF1' AS objectId, 'QSO' AS cdsxmatch, 'x' AS cutout");
        var rules = Rules($"topics: [{{ name: fink_{_name} }}]");

        var broken = await RunAsync(cluster, rules);
        await File.WriteAllBytesAsync(_night.PathOf("a.parquet"), whole, TestContext.Current.CancellationToken);
        var mended = await RunAsync(cluster, rules);

        Assert.Equal((1, "a.parquet"), (broken.Sent, Assert.Single(broken.FailedFiles).File));
        Assert.Equal((3000, true), (mended.Sent, mended.Succeeded));
    }

    private DistributionRules Rules(string yaml)
    {
        var path = _night.PathOf("_rules.yaml");
        File.WriteAllText(path, yaml);
        return RulesFile.LoadYaml(path);
    }

    private Task<DistributionSummary> RunAsync(
        TestCluster cluster, DistributionRules rules, Func<DistributionOptions, DistributionOptions>? change = null, KafkaConnection? connection = null)
    {
        var options = new DistributionOptions { Rules = rules, Source = _night.Folder, Job = _name };
        return DistributionJob.RunAsync(
            change is null ? options : change(options),
            connection ?? ClusterViews.Connection(cluster, cluster.ProducerProperties),
            null,
            TimeProvider.System,
            TestContext.Current.CancellationToken);
    }
}
