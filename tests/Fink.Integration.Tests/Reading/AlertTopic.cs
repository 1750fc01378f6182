using System.Globalization;
using System.Text;
using Avro;
using Avro.Generic;
using Avro.IO;
using Confluent.Kafka;
using Fink.Kafka;
using Fink.Kafka.Properties;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>
/// A topic of small alerts, written by clients that are not ours: alert i is in partition i modulo their number, and was
/// sent i seconds after <see cref="FirstSent"/>.
/// </summary>
internal sealed class AlertTopic
{
    public static readonly DateTimeOffset FirstSent = new(2026, 1, 31, 20, 0, 0, TimeSpan.Zero);

    public const string SchemaText = """{"type":"record","name":"alert","fields":[{"name":"objectId","type":"string"},{"name":"candid","type":"long"}]}""";

    private readonly KafkaConnection _admin;
    private readonly KafkaConnection _producer;
    private int _partitions;

    private AlertTopic(KafkaConnection admin, KafkaConnection producer, int partitions)
    {
        _admin = admin;
        _producer = producer;
        _partitions = partitions;
        Name = $"fink_reading_{Guid.NewGuid():N}";
    }

    public string Name { get; }

    public static Task<AlertTopic> CreateAsync(TestCluster cluster, int partitions, int alerts) =>
        CreateAsync(new AlertTopic(Connection(cluster, cluster.AdminProperties), Connection(cluster, cluster.ProducerProperties), partitions), alerts);

    /// <summary>At a broker that lets anybody do anything.</summary>
    public static Task<AlertTopic> CreateAsync(string servers, int partitions, int alerts)
    {
        var connection = new KafkaConnection(servers, ClientProperties.Plaintext);
        return CreateAsync(new AlertTopic(connection, connection, partitions), alerts);
    }

    public static KafkaConnection Connection(TestCluster cluster, string propertiesFile) =>
        new(cluster.BootstrapServers, ClientProperties.Load(propertiesFile));

    public async Task GrowAsync(int partitions)
    {
        using var admin = new KafkaAdmin(_admin);
        await admin.Topics.AlterAsync(Name, partitions, new Dictionary<string, string?>(), TestContext.Current.CancellationToken);
        _partitions = partitions;
    }

    public async Task SendAsync(int first, int count)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(_producer.ToClientConfig()).Build();
        for (var i = first; i < first + count; i++)
        {
            var message = new Message<byte[], byte[]>
            {
                Key = Encoding.UTF8.GetBytes(SchemaText),
                Value = Encode(i),
                Timestamp = new Timestamp(FirstSent.AddSeconds(i)),
            };
            await producer.ProduceAsync(new TopicPartition(Name, i % _partitions), message, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A message of any key and value, to the first partition.</summary>
    public async Task SendAsync(string key, byte[] value)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(_producer.ToClientConfig()).Build();
        await producer.ProduceAsync(new TopicPartition(Name, 0), new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(key), Value = value }, TestContext.Current.CancellationToken);
    }

    private static async Task<AlertTopic> CreateAsync(AlertTopic topic, int alerts)
    {
        using var admin = new KafkaAdmin(topic._admin);
        // For ever: the alerts were sent long before now.
        var settings = new Dictionary<string, string> { ["retention.ms"] = "-1" };
        await admin.Topics.CreateAsync([new(topic.Name, topic._partitions, 1, settings)], false, TestContext.Current.CancellationToken);
        await topic.SendAsync(0, alerts);
        return topic;
    }

    private static byte[] Encode(int i)
    {
        var schema = (RecordSchema)Schema.Parse(SchemaText);
        var record = new GenericRecord(schema);
        record.Add("objectId", string.Create(CultureInfo.InvariantCulture, $"ZTF{i}"));
        record.Add("candid", (long)i);
        using var stream = new MemoryStream();
        new GenericDatumWriter<GenericRecord>(schema).Write(record, new BinaryEncoder(stream));
        return stream.ToArray();
    }
}
