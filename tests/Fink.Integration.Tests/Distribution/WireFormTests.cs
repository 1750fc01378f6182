using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Avro;
using Avro.File;
using Avro.Generic;
using Avro.IO;
using Confluent.Kafka;
using Fink.Client;
using Fink.Distribution;
using Fink.Distribution.Configuration;
using Fink.Integration.Tests.Foreign;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Distribution;

/// <summary>
/// The forms that a topic's messages can have, side by side: the same alerts, once each, read by Apache.Avro, by Debian's Python clients and by
/// kcat, each with no more than the form gives it.
/// </summary>
public sealed class WireFormTests(TestClusters clusters) : IDisposable
{
    private const int Alerts = 20;

    private readonly ParquetFiles _night = new();
    private readonly string _name = $"w{Guid.NewGuid():N}"[..9];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string SchemaFolder => _night.PathOf("_schemas");

    public void Dispose() => _night.Dispose();

    [Theory]
    [InlineData(TestClusters.Embedded, "schema")]
    [InlineData(TestClusters.Embedded, "none")]
    [InlineData(TestClusters.Kraft, "schema")]
    public async Task Every_form_holds_the_same_datum_and_readers_that_are_not_ours_find_their_way(string kind, string key)
    {
        var cluster = await DistributeAsync(kind, $"""
            key: {key}
            topics:
              - name: {Topic("confluent")}
                wire: confluent
              - name: {Topic("bare")}
              - name: {Topic("ocf")}
                wire: ocf
              - by: cls
                prefix: {Topic("by")}_
                wire: confluent
                schema-id: 77
                drop: [cutout]
            """);

        var bare = Messages(cluster, Topic("bare"), Alerts);
        var confluent = Messages(cluster, Topic("confluent"), Alerts);
        var files = Messages(cluster, Topic("ocf"), Alerts);
        var byClass = Messages(cluster, $"{Topic("by")}_a", Alerts / 2);

        Assert.All(bare, alert => Assert.Equal(alert.Value.Message.Value, confluent[alert.Key].Message.Value[5..]));
        Assert.Equal([null], Wires(bare));
        Assert.Equal(["confluent"], Wires(confluent));
        Assert.Equal(["ocf"], Wires(files));
        Assert.All(bare, alert => Assert.Equal(alert.Value.Message.Key, files[alert.Key].Message.Key));
        Assert.All(files, file => AssertIsAlert(file.Key, ReadFile(file.Value.Message.Value), withCutout: true));
        Assert.All(confluent, alert => AssertIsAlert(alert.Key, ReadConfluent(alert.Value.Message.Value), withCutout: true));
        Assert.All(byClass, alert => AssertIsAlert(alert.Key, ReadConfluent(alert.Value.Message.Value), withCutout: false));
        Assert.All(byClass, alert => Assert.Equal(77, BinaryPrimitives.ReadInt32BigEndian(alert.Value.Message.Value.AsSpan(1))));
        await AssertForeignClientsReadAsync(cluster);
        await AssertOurClientReadsAsync(cluster, [Topic("bare"), Topic("confluent"), Topic("ocf")], withCutout: true);
        await AssertOurClientReadsAsync(cluster, [$"{Topic("by")}_a", $"{Topic("by")}_b"], withCutout: false);
    }

    [Fact]
    public async Task An_id_that_stands_for_another_schema_is_refused_before_anything_is_sent()
    {
        Directory.CreateDirectory(SchemaFolder);
        await File.WriteAllTextAsync(Path.Combine(SchemaFolder, "schema-7.avsc"), "{}", Cancel);

        var error = await Assert.ThrowsAsync<ConfigurationException>(() =>
            DistributeAsync(TestClusters.Embedded, $"topics: [{{ name: {Topic("x")}, wire: confluent, schema-id: 7 }}]"));

        Assert.Contains("schema-7.avsc", error.Message, StringComparison.Ordinal);
        Assert.Contains("schema-id", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_schemas_of_one_run_cannot_have_one_id()
    {
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => DistributeAsync(TestClusters.Embedded, $"""
            wire: confluent
            schema-id: 8
            topics:
              - name: {Topic("x")}
              - name: {Topic("y")}
                drop: [cutout]
            """));

        Assert.Contains("id 8", error.Message, StringComparison.Ordinal);
    }

    private string Topic(string suffix) => $"fink_{_name}_{suffix}";

    private async Task<TestCluster> DistributeAsync(string kind, string yaml)
    {
        var cluster = await clusters.OfAsync(kind);
        _night.Write("a.parquet", $"SELECT i AS candid, 'ZTF' || i AS objectId, if(i % 2 = 0, 'a', 'b') AS cls, repeat('x', (i * 1000)::INT) AS cutout FROM range({Alerts}) t(i)");
        var rules = _night.PathOf("_rules.yaml");
        await File.WriteAllTextAsync(rules, yaml, Cancel);
        var summary = await DistributionJob.RunAsync(
            new DistributionOptions { Rules = RulesFile.LoadYaml(rules), Source = _night.Folder, Job = _name, SchemaFile = Path.Combine(SchemaFolder, "alert.avsc") },
            ClusterViews.Connection(cluster, cluster.ProducerProperties), null, TimeProvider.System, Cancel);
        Assert.Null(summary.Error);
        Assert.Equal((summary.Matched, 0), (summary.Sent, summary.Failed));
        return cluster;
    }

    private static Dictionary<string, ConsumeResult<byte[]?, byte[]>> Messages(TestCluster cluster, string topic, int count)
    {
        var config = new ConsumerConfig(ClusterViews.Connection(cluster, cluster.AdminProperties).ToClientConfig()) { GroupId = "unused", EnableAutoCommit = false };
        using var consumer = new ConsumerBuilder<byte[]?, byte[]>(config).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        consumer.Assign(admin.GetMetadata(topic, TimeSpan.FromSeconds(20)).Topics[0].Partitions
            .Select(partition => new TopicPartitionOffset(topic, partition.PartitionId, Offset.Beginning)));
        return Enumerable.Range(0, count)
            .Select(_ => consumer.Consume(TimeSpan.FromSeconds(30)))
            .ToDictionary(message => Header(message, "alertId")!);
    }

    private static List<string?> Wires(Dictionary<string, ConsumeResult<byte[]?, byte[]>> messages) =>
        [.. messages.Values.Select(message => Header(message, "wire")).Distinct()];

    private static string? Header(ConsumeResult<byte[]?, byte[]> message, string name) =>
        message.Message.Headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : null;

    private static GenericRecord ReadFile(byte[] value)
    {
        using var reader = DataFileReader<GenericRecord>.OpenReader(new MemoryStream(value));
        var alert = reader.Next();
        Assert.False(reader.HasNext());
        return alert;
    }

    private GenericRecord ReadConfluent(byte[] value)
    {
        Assert.Equal(0, value[0]);
        var id = BinaryPrimitives.ReadInt32BigEndian(value.AsSpan(1));
        var schema = Schema.Parse(File.ReadAllText(Path.Combine(SchemaFolder, $"schema-{id}.avsc")));
        using var stream = new MemoryStream(value, 5, value.Length - 5);
        var alert = new GenericDatumReader<GenericRecord>(schema, schema).Read(null!, new BinaryDecoder(stream));
        Assert.Equal(stream.Length, stream.Position);
        return alert;
    }

    private static void AssertIsAlert(string id, GenericRecord alert, bool withCutout)
    {
        Assert.Equal(($"ZTF{id}", id), ((string)alert["objectId"], ((long)alert["candid"]).ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(withCutout, alert.TryGetValue("cutout", out var cutout));
        Assert.True(!withCutout || ((string)cutout).Length == 1000 * int.Parse(id, CultureInfo.InvariantCulture));
    }

    /// <summary>Told of no form, and given no more than the file of whole alerts, beside which those are that ids name.</summary>
    private async Task AssertOurClientReadsAsync(TestCluster cluster, IReadOnlyList<string> topics, bool withCutout)
    {
        var consumer = AlertConsumer.Create(new AlertConsumerOptions
        {
            Connection = AlertConnection.Of(ClusterViews.Connection(cluster, cluster.AdminProperties).ToConsumerSettings()),
            Topics = topics,
            UntilEnd = true,
            Schemas = AlertSchemas.Load(Path.Combine(SchemaFolder, "alert.avsc")),
        });
        await foreach (var alert in consumer.ReadAsync(Cancel))
        {
            AssertIsAlert(alert.AlertId!, alert.ToGenericRecord(), withCutout);
        }

        Assert.Equal(withCutout ? 3 * Alerts : Alerts, consumer.Counts.Alerts);
    }

    private async Task AssertForeignClientsReadAsync(TestCluster cluster)
    {
        var expected = _night.PathOf("_expected.jsonl");
        await File.WriteAllLinesAsync(
            expected,
            Enumerable.Range(0, Alerts).Select(i => $$"""{"candid": {{i}}, "objectId": "ZTF{{i}}", "cls": "{{(i % 2 == 0 ? "a" : "b")}}", "cutout": "{{new string('x', 1000 * i)}}"}"""),
            Cancel);
        var config = cluster.Local.Layout.LibrdkafkaCredentialsFile("finkConsumer");
        foreach (var wire in new[] { "confluent", "ocf" })
        {
            var python = await ForeignClient.ReadWithPythonAsync(config, "candid", expected, [Topic(wire)], Cancel, wire, SchemaFolder);
            var kcat = await ForeignClient.ReadWithKcatAsync(config, "candid", expected, [Topic(wire)], Cancel, wire, SchemaFolder);
            Assert.Equal(Alerts, python[Topic(wire)].Length);
            Assert.Equal(python, kcat);
        }
    }
}
