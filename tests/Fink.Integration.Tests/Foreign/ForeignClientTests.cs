using Fink.Distribution;
using Fink.Distribution.Configuration;
using Fink.Kafka;
using Fink.Kafka.Properties;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Foreign;

/// <summary>
/// What is distributed of the real files, read by kcat and by Debian's Python clients as a SCRAM user: they agree on every
/// count and, alert by alert, with what pyarrow reads from the files.
/// </summary>
public sealed class ForeignClientTests(TestClusters clusters)
{
    [Theory]
    [InlineData(TestClusters.Embedded, "ztf", "science/ztf", "candid", "objectId", "cdsxmatch")]
    [InlineData(TestClusters.Embedded, "ztf-2023", "science/ztf-2023.parquet", "candid", "objectId", "cdsxmatch")]
    [InlineData(TestClusters.Embedded, "rubin", "science/rubin", "diaSourceId", "diaObject.diaObjectId", "xm.gaiadr3_DR3Name")]
    [InlineData(TestClusters.Kraft, "ztf", "science/ztf", "candid", "objectId", "cdsxmatch")]
    [InlineData(TestClusters.Kraft, "ztf-2023", "science/ztf-2023.parquet", "candid", "objectId", "cdsxmatch")]
    [InlineData(TestClusters.Kraft, "rubin", "science/rubin", "diaSourceId", "diaObject.diaObjectId", "xm.gaiadr3_DR3Name")]
    public async Task Kcat_and_Python_agree_with_what_was_sent_and_with_the_files(
        string kind, string name, string source, string id, string partitionBy, string classes)
    {
        var token = TestContext.Current.CancellationToken;
        var expected = SharedFolder.Require($"data/expected/{name}.jsonl");
        var alerts = File.ReadLines(expected).Count();
        var cluster = await clusters.OfAsync(kind);
        var summary = await DistributeAsync(cluster, SharedFolder.Require($"data/{source}"), Rules(name, partitionBy, classes), token);

        var config = cluster.Local.Layout.LibrdkafkaCredentialsFile("finkConsumer");
        string[] topics = [.. summary.Topics.Where(topic => topic.Matched > 0).Select(topic => topic.Topic)];
        var python = await ForeignClient.ReadWithPythonAsync(config, id, expected, topics, token);
        var kcat = await ForeignClient.ReadWithKcatAsync(config, id, expected, topics, token);

        Assert.Equal(alerts, python[$"fink_foreign_{name}_all"].Length);
        Assert.All(summary.Topics, topic => Assert.Equal((topic.Matched, 0), (topic.Sent, topic.Failed)));
        Assert.Equal(
            summary.Topics.Where(topic => topic.Sent > 0).ToDictionary(topic => topic.Topic, topic => topic.Sent),
            python.ToDictionary(topic => topic.Key, topic => (long)topic.Value.Length));
        Assert.Equal(python, kcat);
        await AssertAChangeIsFoundAsync(config, id, expected, $"fink_foreign_{name}_all", token);
    }

    [Theory]
    [InlineData(TestClusters.Embedded, "ztf", "science/ztf", "candid")]
    [InlineData(TestClusters.Embedded, "rubin", "science/rubin", "diaSourceId")]
    [InlineData(TestClusters.Kraft, "rubin", "science/rubin", "diaSourceId")]
    public async Task Kcat_and_Python_read_the_same_alerts_behind_a_schemas_id_and_out_of_container_files(
        string kind, string name, string source, string id)
    {
        var token = TestContext.Current.CancellationToken;
        var expected = SharedFolder.Require($"data/expected/{name}.jsonl");
        var cluster = await clusters.OfAsync(kind);
        using var schemas = new TestClusterFolder();
        var rules = $$"""
            key: none
            topics:
              - { name: fink_wire_{{name}}_confluent, wire: confluent }
              - { name: fink_wire_{{name}}_ocf, wire: ocf }
            """;
        await DistributeAsync(cluster, SharedFolder.Require($"data/{source}"), rules, token, Path.Combine(schemas.Path, "alert.avsc"));

        var config = cluster.Local.Layout.LibrdkafkaCredentialsFile("finkConsumer");
        foreach (var wire in new[] { "confluent", "ocf" })
        {
            string[] topics = [$"fink_wire_{name}_{wire}"];
            var python = await ForeignClient.ReadWithPythonAsync(config, id, expected, topics, token, wire, schemas.Path);
            var kcat = await ForeignClient.ReadWithKcatAsync(config, id, expected, topics, token, wire, schemas.Path);
            Assert.Equal(File.ReadLines(expected).Count(), python[topics[0]].Length);
            Assert.Equal(python, kcat);
        }
    }

    /// <summary>A comparison that cannot fail proves nothing.</summary>
    private static async Task AssertAChangeIsFoundAsync(
        string config, string id, string expected, string topic, CancellationToken cancellationToken)
    {
        using var folder = new TestClusterFolder();
        var changed = Path.Combine(folder.Path, "changed.jsonl");
        var text = await File.ReadAllTextAsync(expected, cancellationToken);
        await File.WriteAllTextAsync(
            changed, text.Replace("\"sha256\": \"", "\"sha256\": \"0", StringComparison.Ordinal), cancellationToken);

        Assert.Contains("cutoutScience", await ForeignClient.DifferencesAsync(config, id, changed, topic, cancellationToken), StringComparison.Ordinal);
    }

    private static async Task<DistributionSummary> DistributeAsync(
        TestCluster cluster, string source, string rules, CancellationToken cancellationToken, string? schemaFile = null)
    {
        using var folder = new TestClusterFolder();
        var file = Path.Combine(folder.Path, "distribution.yaml");
        await File.WriteAllTextAsync(file, rules, cancellationToken);
        var options = new DistributionOptions
        {
            Rules = RulesFile.LoadYaml(file),
            Source = source,
            SchemaFile = schemaFile,
            Job = $"foreign-{Guid.NewGuid():N}",
        };
        var connection = new KafkaConnection(cluster.BootstrapServers, ClientProperties.Load(cluster.ProducerProperties));
        var summary = await DistributionJob.RunAsync(options, connection, null, TimeProvider.System, cancellationToken);
        Assert.Equal(DistributionEnd.Done, summary.End);
        return summary;
    }

    private static string Rules(string name, string partitionBy, string classes) => $"""
        partition-by: {partitionBy}
        partitions: 3
        topics:
          - name: fink_foreign_{name}_all
          - by: {classes}
            prefix: fink_foreign_{name}_
            drop: [cutoutTemplate]
        """;
}
