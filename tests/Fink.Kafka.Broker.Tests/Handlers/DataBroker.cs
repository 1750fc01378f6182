using System.Collections.Immutable;
using System.Net;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Handlers;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Broker.Tests.Storage.Disks;
using Fink.Kafka.Broker.Tests.Storage.Journals;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Records;
using Fink.Kafka.Protocol.Values;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Handlers;

/// <summary>What the handlers of data stand on, without a network: metadata, logs on a disk, rights, and a clock of its own.</summary>
internal sealed class DataBroker : IPartitionLogs, IDisposable
{
    public const short Newest = 100;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<(Guid, int), PartitionLog> _logs = [];
    private readonly ClientConnection _connection = Connect();

    public DataBroker(bool allowsAll = true)
    {
        Metadata = MetadataStore.Open(Journal);
        Authorizer = new Authorizer([], allowIfNoAcl: allowsAll, () => Metadata.Image.Acls);
        Access = new PartitionAccess(Metadata, this, Authorizer);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));

    public MemoryJournal Journal { get; } = new();

    public MetadataStore Metadata { get; }

    public Authorizer Authorizer { get; }

    public PartitionAccess Access { get; }

    public FlushPolicy FlushPolicy { get; init; }

    public PartitionLog? Find(Topic topic, int partition) => _logs.GetValueOrDefault((topic.Id, partition));

    public Topic AddTopic(string name, int partitions = 1, LogConfig? config = null)
    {
        var topic = new Topic(name, Guid.NewGuid(), partitions, ImmutableDictionary<string, string>.Empty);
        Make(new MetadataChange.TopicCreated(topic));
        for (var partition = 0; partition < partitions; partition++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, topic.Id.ToString(), $"{partition}")).FullName;
            _logs[(topic.Id, partition)] = new PartitionLog(
                LocalDisk.Instance, folder, config ?? LogConfig.Default, new LogSettings(Time) { FlushPolicy = FlushPolicy });
        }

        return topic;
    }

    public PartitionLog Log(Topic topic, int partition = 0) => _logs[(topic.Id, partition)];

    public void Delete(Topic topic)
    {
        Make(new MetadataChange.TopicDeleted(topic.Id));
        foreach (var key in _logs.Keys.Where(key => key.Item1 == topic.Id).ToList())
        {
            _logs.Remove(key, out var log);
            log!.Abandon();
        }
    }

    public void Make(params MetadataChange[] changes) => Metadata.Update(_ => (changes, true));

    public void Allow(ResourceType type, string name, AclOperation operation) => Make(new MetadataChange.AclAdded(
        new Acl(new ResourcePattern(type, PatternType.Literal, name), Requester.Anonymous, "*", operation, AclPermissionType.Allow)));

    public RequestContext Context(ApiKey api, short version = Newest) => ContextOver(_connection, api, version);

    public bool IsClosing => _connection.ClosesAfterAnswer;

    public static byte[] Batch(params string[] values) => BatchAt(1_700_000_000_000, values);

    public static byte[] BatchAt(long timestamp, params string[] values)
    {
        var builder = new RecordBatchBuilder(timestamp);
        foreach (var value in values) builder.Add(timestamp, key: null, System.Text.Encoding.UTF8.GetBytes(value));
        return builder.Build();
    }

    public static ProduceRequest Request(Topic topic, params byte[]?[] batches) => new()
    {
        Acks = -1,
        TopicData =
        [
            new ProduceRequest.Topic
            {
                Name = topic.Name,
                PartitionData =
                [
                    .. batches.Select((batch, index) => new ProduceRequest.Partition { Index = index, Records = batch }),
                ],
            },
        ],
    };

    public async Task<ProduceResponse?> ProduceAsync(ProduceRequest request, short version = Newest) =>
        await new ProduceHandler(Access, Authorizer).HandleAsync(request, Context(ApiKey.Produce, version), CancellationToken.None);

    /// <summary>To partition 0.</summary>
    public async Task<ProduceResponse.Partition> ProduceAsync(Topic topic, byte[]? batch, short version = Newest) =>
        (await ProduceAsync(Request(topic, batch), version))!.Responses[0].PartitionResponses[0];

    public void Dispose()
    {
        foreach (var log in _logs.Values) log.Abandon();
        _folder.Dispose();
    }

    private static ClientConnection Connect() => new(IPAddress.Loopback, new AdvertisedEndpoint("PLAINTEXT", "localhost", 9092), sasl: null);

    private static RequestContext ContextOver(ClientConnection connection, ApiKey api, short version) => new(
        new RequestHeader(api, Math.Min(version, ApiCatalog.Find(api)!.Versions.Newest), CorrelationId: 1, ClientId: "test"), connection);
}
