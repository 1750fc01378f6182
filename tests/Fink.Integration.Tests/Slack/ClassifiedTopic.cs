using System.Globalization;
using System.Text;
using Avro;
using Avro.Generic;
using Avro.IO;
using Confluent.Kafka;
using Fink.Integration.Tests.Reading;
using Fink.Kafka;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Slack;

/// <summary>A topic of alerts that have a class, in two partitions.</summary>
internal sealed class ClassifiedTopic
{
    private const int Partitions = 2;

    private const string SchemaText =
        """
        {"type":"record","name":"alert","fields":[{"name":"objectId","type":"string"},{"name":"candidate","type":{"type":"record","name":"candidate",
         "fields":[{"name":"ra","type":"double"},{"name":"dec","type":"double"}]}},{"name":"cdsxmatch","type":["string","null"]}]}
        """;

    private readonly TestCluster _cluster;
    private int _sent;

    private ClassifiedTopic(TestCluster cluster) => _cluster = cluster;

    public string Name { get; } = $"fink_slack_{Guid.NewGuid():N}";

    /// <summary>Of those that the first user <c>finkConsumer</c> may use.</summary>
    public string Group { get; } = $"spark-kafka-{Guid.NewGuid():N}";

    public static async Task<ClassifiedTopic> CreateAsync(TestCluster cluster)
    {
        var topic = new ClassifiedTopic(cluster);
        using var admin = new KafkaAdmin(AlertTopic.Connection(cluster, cluster.AdminProperties));
        await admin.Topics.CreateAsync([new(topic.Name, Partitions, 1, new Dictionary<string, string>())], false, TestContext.Current.CancellationToken);
        return topic;
    }

    /// <summary>Alerts of objects ZTF0, ZTF1, … in the order of the classes.</summary>
    public async Task SendAsync(params string[] classes)
    {
        var settings = AlertTopic.Connection(_cluster, _cluster.ProducerProperties).ToClientConfig();
        using var producer = new ProducerBuilder<byte[], byte[]>(settings).Build();
        foreach (var name in classes)
        {
            var message = new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(SchemaText), Value = Encode(_sent, name) };
            await producer.ProduceAsync(new TopicPartition(Name, _sent++ % Partitions), message, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A message that is no alert.</summary>
    public Task SendBadAsync() => SendAsync(SchemaText, []);

    /// <summary>An alert of another schema, in the partition that is next.</summary>
    public async Task SendAsync(string schema, byte[] datum)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(AlertTopic.Connection(_cluster, _cluster.ProducerProperties).ToClientConfig()).Build();
        var message = new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(schema), Value = datum };
        await producer.ProduceAsync(new TopicPartition(Name, _sent % Partitions), message, TestContext.Current.CancellationToken);
    }

    private static byte[] Encode(int i, string name)
    {
        var schema = (RecordSchema)Schema.Parse(SchemaText);
        var candidate = new GenericRecord((RecordSchema)schema["candidate"].Schema);
        candidate.Add("ra", i + 0.5);
        candidate.Add("dec", -i - 0.5);
        var record = new GenericRecord(schema);
        record.Add("objectId", string.Create(CultureInfo.InvariantCulture, $"ZTF{i}"));
        record.Add("candidate", candidate);
        record.Add("cdsxmatch", name);
        using var stream = new MemoryStream();
        new GenericDatumWriter<GenericRecord>(schema).Write(record, new BinaryEncoder(stream));
        return stream.ToArray();
    }
}
