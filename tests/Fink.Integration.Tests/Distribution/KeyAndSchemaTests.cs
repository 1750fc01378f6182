using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Fink.Client;
using Fink.Distribution;
using Fink.Distribution.Configuration;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Distribution;

/// <summary>What a subscriber decodes by: the key of a message, or the file that DISTRIBUTION_SCHEMA names.</summary>
public sealed class KeyAndSchemaTests(TestClusters clusters) : IDisposable
{
    private const int Alerts = 20;

    private const string Old = "an older schema";

    private readonly ParquetFiles _night = new();
    private readonly string _name = $"s{Guid.NewGuid():N}"[..9];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Topic => $"fink_{_name}";

    private string SchemaFile => _night.PathOf("schema/alert.avsc");

    public void Dispose() => _night.Dispose();

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task The_schema_file_is_replaced_by_rename_and_is_the_key_of_a_whole_alert(string kind)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SchemaFile)!);
        await File.WriteAllTextAsync(SchemaFile, Old, Cancel);
        using var opened = new StreamReader(new FileStream(SchemaFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

        var cluster = await DistributeAsync(kind, $"topics: [{{ name: {Topic} }}]");

        Assert.Equal(Old, await opened.ReadToEndAsync(Cancel));
        Assert.Equal([SchemaFile], Directory.GetFiles(Path.GetDirectoryName(SchemaFile)!));
        Assert.Equal([await File.ReadAllTextAsync(SchemaFile, Cancel)], Keys(cluster));
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task Where_topics_drop_columns_the_schema_file_has_the_whole_alert_and_the_key_what_was_sent(string kind)
    {
        var cluster = await DistributeAsync(kind, $"topics: [{{ name: {Topic}, drop: [cutout] }}]");

        Assert.Equal(["candid", "objectId", "cutout", "fink_broker_version", "fink_science_version"], Fields(await File.ReadAllTextAsync(SchemaFile, Cancel)));
        Assert.Equal(["candid", "objectId", "fink_broker_version", "fink_science_version"], Fields(Assert.Single(Keys(cluster))!));
        await AssertDecodesAsync(cluster, schema: null);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task Without_a_key_the_schema_file_decodes_what_was_sent_also_where_every_topic_drops_a_column(string kind)
    {
        var cluster = await DistributeAsync(kind, $"{{ key: none, topics: [{{ name: {Topic}, drop: [cutout] }}] }}");

        Assert.Equal([null], Keys(cluster));
        await AssertDecodesAsync(cluster, await File.ReadAllTextAsync(SchemaFile, Cancel));
    }

    [Theory]
    [InlineData(TestClusters.Embedded, "", "3.1_7.2")]
    [InlineData(TestClusters.Embedded, "schema-version: 4.5, ", "4.5")]
    [InlineData(TestClusters.Kraft, "", "3.1_7.2")]
    [InlineData(TestClusters.Kraft, "schema-version: 4.5, ", "4.5")]
    public async Task A_version_key_is_the_rules_or_the_row_s_and_the_schema_file_decodes(string kind, string setting, string expected)
    {
        var cluster = await DistributeAsync(kind, $"{{ key: version, {setting}topics: [{{ name: {Topic} }}] }}");

        Assert.Equal([expected], Keys(cluster));
        await AssertDecodesAsync(cluster, await File.ReadAllTextAsync(SchemaFile, Cancel));
    }

    [Theory]
    [InlineData("key: none", 1)]
    [InlineData("key: none, wire: ocf", 0)]
    [InlineData("key: none, wire: confluent", 1)]
    [InlineData("key: version, wire: confluent", 1)]
    [InlineData("key: version, wire: confluent, schema-id: 7", 0)]
    [InlineData("key: version", 0)]
    [InlineData("key: schema, wire: confluent", 0)]
    public async Task Without_a_schema_file_a_topic_whose_messages_nobody_could_decode_is_told_of(string settings, int notices)
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);

        var summary = await RunAsync(cluster, $"{{ {settings}, topics: [{{ name: {Topic} }}] }}", schemaFile: null);

        Assert.Equal(notices, summary.Notices.Count(notice => notice.Contains($"'{Topic}'", StringComparison.Ordinal) && notice.Contains("DISTRIBUTION_SCHEMA", StringComparison.Ordinal)));
    }

    private async Task<TestCluster> DistributeAsync(string kind, string yaml)
    {
        var cluster = await clusters.OfAsync(kind);
        var summary = await RunAsync(cluster, yaml, SchemaFile);
        Assert.DoesNotContain(summary.Notices, notice => notice.Contains("DISTRIBUTION_SCHEMA", StringComparison.Ordinal));
        return cluster;
    }

    private async Task<DistributionSummary> RunAsync(TestCluster cluster, string yaml, string? schemaFile)
    {
        _night.Write("a.parquet", $"SELECT i AS candid, 'ZTF' || i AS objectId, 'xyz' AS cutout, '3.1' AS fink_broker_version, '7.2' AS fink_science_version FROM range({Alerts}) t(i)");
        var rules = _night.PathOf("_rules.yaml");
        await File.WriteAllTextAsync(rules, yaml, Cancel);
        var summary = await DistributionJob.RunAsync(
            new DistributionOptions { Rules = RulesFile.LoadYaml(rules), Source = _night.Folder, Job = _name, SchemaFile = schemaFile },
            ClusterViews.Connection(cluster, cluster.ProducerProperties),
            null,
            TimeProvider.System,
            Cancel);
        Assert.Null(summary.Error);
        Assert.Equal(Alerts, summary.Sent);
        return summary;
    }

    private async Task AssertDecodesAsync(TestCluster cluster, string? schema)
    {
        var reader = AlertConsumer.Create(new AlertConsumerOptions
        {
            Connection = AlertConnection.Of(ClusterViews.Connection(cluster, cluster.AdminProperties).ToConsumerSettings()),
            Topics = [Topic],
            UntilEnd = true,
            Schemas = schema is null ? AlertSchemas.None : AlertSchemas.Parse(schema),
        });
        var objects = new List<string>();
        await foreach (var alert in reader.ReadAsync(Cancel))
        {
            Assert.Equal(alert.AlertId, alert["candid"].ToString());
            objects.Add(alert["objectId"].AsString());
        }

        Assert.Equal(Enumerable.Range(0, Alerts).Select(i => $"ZTF{i}").Order(StringComparer.Ordinal), objects.Order(StringComparer.Ordinal));
    }

    /// <summary>The different keys of the topic, by a consumer that knows nothing of ours.</summary>
    private List<string?> Keys(TestCluster cluster)
    {
        var config = new ConsumerConfig(ClusterViews.Connection(cluster, cluster.AdminProperties).ToClientConfig()) { GroupId = "unused", EnableAutoCommit = false };
        using var consumer = new ConsumerBuilder<byte[]?, Ignore>(config).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        consumer.Assign(admin.GetMetadata(Topic, TimeSpan.FromSeconds(20)).Topics[0].Partitions
            .Select(partition => new TopicPartitionOffset(Topic, partition.PartitionId, Offset.Beginning)));
        return [.. Enumerable.Range(0, Alerts)
            .Select(_ => consumer.Consume(TimeSpan.FromSeconds(30)).Message.Key is { } key ? Encoding.UTF8.GetString(key) : null).Distinct()];
    }

    private static List<string> Fields(string schema)
    {
        using var json = JsonDocument.Parse(schema);
        return [.. json.RootElement.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()!)];
    }
}
