using System.Globalization;
using Fink.Kafka.Broker.Tests.Permissions;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Wire;

/// <summary>What an admin client can say about topics and configurations, one request after the other, with what is answered by a broker with the id 0.</summary>
internal sealed class TopicDialogue(WireClient client, CancellationToken cancellationToken)
{
    private readonly List<string> _lines = [];
    private readonly Dictionary<string, Guid> _ids = [];

    public IReadOnlyList<string> Lines => _lines;

    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await CreateAsync();
        await AskForMetadataAsync();
        await GrowAsync();
        await ConfigureAsync();
        await DescribeAsync();
        await AskTheRestAsync();
        await DeleteAsync();
        return _lines;
    }

    private async Task CreateAsync()
    {
        await NewAsync(7, Topic("d-plain", 3, 1));
        await NewAsync(7, Topic("d-default", -1, -1));
        await NewAsync(4, Topic("d-v4", 1, 1));
        await NewAsync(2, Topic("d-v2", 1, 1));
        await NewAsync(7, Topic("d-set", 1, 1, ("retention.ms", "5000"), ("cleanup.policy", "compact,delete"), ("preallocate", "true")));
        await NewAsync(7, Topic("d.dot", 1, 1));
        await NewAsync(7, Topic("d_dot", 1, 1));
        await NewAsync(7, Topic("d-plain", 3, 1));
        await NewAsync(7, Topic("d-twice", 1, 1), Topic("d-twice", 1, 1), Topic("d-once", 1, 1));
        foreach (var name in new[] { "", ".", "..", "d bad", "dé", new string('d', 249), new string('d', 250) })
        {
            await NewAsync(7, Topic(name, 1, 1));
        }

        foreach (var (partitions, replicas) in new[] { (0, 1), (-2, 1), (1, 0), (1, -2), (1, 2), (1, 3), (10_001, 1), (int.MaxValue, 1) })
        {
            await NewAsync(7, Topic("d-wrong", partitions, (short)replicas));
        }

        foreach (var (name, value) in new[]
        {
            ("retention.m", "1"), ("retention.ms", "x"), ("retention.ms", "-2"), ("cleanup.policy", "erase"), ("cleanup.policy", ""),
            ("remote.storage.enable", "true"), ("min.insync.replicas", "2"), ("segment.bytes", "13"), ("compression.type", "gzip"),
        })
        {
            await NewAsync(7, Topic("d-config-" + _lines.Count.ToString(CultureInfo.InvariantCulture), 1, 1, (name, value)));
        }

        await NewAsync(7, Topic("d-null", 1, 1, ("retention.ms", null)));
        await NewAsync(7, Topic("d-lag", 1, 1, ("min.compaction.lag.ms", "3"), ("max.compaction.lag.ms", "2")));
        foreach (var assignment in new[] { "0:0 1:0", "1:0", "0:0 0:0", "0:", "0:9", "0:0,0", "1:0 0:0" })
        {
            await NewAsync(7, Topic("d-hand" + _lines.Count.ToString(CultureInfo.InvariantCulture), -1, -1) with { Assignments = Assignments(assignment) });
        }

        await NewAsync(7, Topic("d-hand", 2, -1) with { Assignments = Assignments("0:0 1:0") });
        await NewAsync(7, Topic("d-hand", -1, 1) with { Assignments = Assignments("0:0 1:0") });
        await AskAsync<CreateTopicsRequest, CreateTopicsResponse>(
            7, new() { Topics = [Topic("d-dry", 2, 1), Topic("d-plain", 1, 1)], ValidateOnly = true });
        await AskAsync<CreateTopicsRequest, CreateTopicsResponse>(7, new());
    }

    private async Task AskForMetadataAsync()
    {
        foreach (short version in new short[] { 0, 1, 4, 5, 7, 8, 9, 10, 11, 12 })
        {
            await EventuallyAsync(() => MetadataAsync(version, autoCreate: false, "d-plain", "d-nothing", "d bad", "d-plain", "d-dry"));
        }

        foreach (short version in new short[] { 1, 8, 12 }) await MetadataAsync(version, autoCreate: false);
        await EventuallyAsync(() => MetadataAsync(4, autoCreate: true, "d-made", "d made", "d-made"));
        await AskAsync<MetadataRequest, MetadataResponse>(
            8, new() { Topics = [], IncludeClusterAuthorizedOperations = true, IncludeTopicAuthorizedOperations = true });
        await AskAsync<MetadataRequest, MetadataResponse>(
            10,
            new()
            {
                Topics = [new() { Name = "d-plain" }],
                IncludeClusterAuthorizedOperations = true,
                IncludeTopicAuthorizedOperations = true,
            });
        await AskAsync<MetadataRequest, MetadataResponse>(
            12, new() { Topics = [new() { TopicId = _ids["d-plain"] }, new() { TopicId = new Guid(9, 9, 9, new byte[8]) }] });
        await AskAsync<MetadataRequest, MetadataResponse>(10, new() { Topics = [new() { TopicId = _ids["d-plain"] }] });
        await AskAsync<MetadataRequest, MetadataResponse>(
            11, new() { Topics = [new() { Name = "d-plain", TopicId = _ids["d-plain"] }] });
        await AskAsync<MetadataRequest, MetadataResponse>(
            12, new() { Topics = [new() { Name = "d-plain", TopicId = _ids["d-plain"] }] });
        await AskAsync<MetadataRequest, MetadataResponse>(
            12, new() { Topics = [new() { Name = "d-default" }, new() { TopicId = _ids["d-plain"] }] });
    }

    private async Task GrowAsync()
    {
        foreach (var (topic, count) in new[] { ("d-plain", 4), ("d-plain", 4), ("d-plain", 2), ("d-plain", 0), ("d-plain", -1), ("d-no", 4), ("", 4) })
        {
            await GrowAsync(3, new CreatePartitionsRequest.Topic { Name = topic, Count = count });
        }

        await GrowAsync(0, new CreatePartitionsRequest.Topic { Name = "d-plain", Count = 5 });
        foreach (var assignment in new[] { "0", "0 0", "0 9", "0,0 0", "0" })
        {
            await GrowAsync(3, new CreatePartitionsRequest.Topic
            {
                Name = "d-plain",
                Count = 7,
                Assignments = [.. assignment.Split(' ').Select(brokers => new CreatePartitionsRequest.Assignment { BrokerIds = Ints(brokers) })],
            });
        }

        await GrowAsync(
            3, new CreatePartitionsRequest.Topic { Name = "d-v2", Count = 2 }, new CreatePartitionsRequest.Topic { Name = "d-v2", Count = 3 });
        await AskAsync<CreatePartitionsRequest, CreatePartitionsResponse>(
            3, new() { Topics = [new() { Name = "d-v2", Count = 9 }], TimeoutMs = 10_000, ValidateOnly = true });
        await EventuallyAsync(() => MetadataAsync(12, autoCreate: false, "d-plain", "d-v2"));
    }

    private async Task ConfigureAsync()
    {
        foreach (var (operation, name, value) in new (AlterConfigOperation, string, string?)[]
        {
            (AlterConfigOperation.Set, "retention.ms", "9"), (AlterConfigOperation.Set, "retention.ms", "x"),
            (AlterConfigOperation.Set, "retention.ms", null), (AlterConfigOperation.Set, "retention.m", "1"),
            (AlterConfigOperation.Delete, "retention.m", null), (AlterConfigOperation.Delete, "retention.ms", null),
            (AlterConfigOperation.Append, "cleanup.policy", "compact"), (AlterConfigOperation.Append, "cleanup.policy", "compact"),
            (AlterConfigOperation.Subtract, "cleanup.policy", "delete"), (AlterConfigOperation.Append, "retention.ms", "1"),
            (AlterConfigOperation.Append, "nothing", "1"), (AlterConfigOperation.Append, "cleanup.policy", null),
            (AlterConfigOperation.Append, "cleanup.policy", "erase"), (AlterConfigOperation.Subtract, "segment.ms", "1"),
            (AlterConfigOperation.Set, "segment.ms", " 77 "),
        })
        {
            await EditAsync(ConfigResourceType.Topic, "d-v4", (operation, name, value));
        }

        await EditAsync(
            ConfigResourceType.Topic, "d-v4", (AlterConfigOperation.Set, "segment.ms", "1"), (AlterConfigOperation.Delete, "segment.ms", null));
        await EditAsync(ConfigResourceType.Topic, "d-v4");
        await EventuallyAsync(() => DescribeAsync(
            4, (ConfigResourceType.Topic, "d-v4", ["cleanup.policy", "retention.ms", "segment.ms"])));
        foreach (var (type, name) in new[]
        {
            (ConfigResourceType.Topic, "d-no"), (ConfigResourceType.Topic, ""), (ConfigResourceType.Topic, "d bad"),
            (ConfigResourceType.Broker, "9"), (ConfigResourceType.Broker, "x"), ((ConfigResourceType)99, "x"),
        })
        {
            await EditAsync(type, name, (AlterConfigOperation.Set, "retention.ms", "1"));
            await ReplaceAsync(2, type, name, ("retention.ms", "1"));
            await DescribeAsync(4, (type, name, ["retention.ms"]));
        }

        foreach (var broker in new[] { "", "0" })
        {
            await EditAsync(ConfigResourceType.Broker, broker, (AlterConfigOperation.Set, "log.retention.bytes", "12345678"));
            await EditAsync(ConfigResourceType.Broker, broker, (AlterConfigOperation.Set, "log.retention.bytes", "x"));
            await EditAsync(ConfigResourceType.Broker, broker, (AlterConfigOperation.Set, "num.partitions", "2"));
            await EditAsync(ConfigResourceType.Broker, broker, (AlterConfigOperation.Append, "log.cleanup.policy", "compact"));
            await EditAsync(ConfigResourceType.Broker, broker, (AlterConfigOperation.Append, "log.segment.bytes", "1"));
            await EventuallyAsync(() => DescribeAsync(
                4, (ConfigResourceType.Broker, broker, ["log.retention.bytes", "log.cleanup.policy", "log.segment.bytes"])));
            await EventuallyAsync(() => DescribeAsync(
                4, (ConfigResourceType.Topic, "d-plain", ["retention.bytes", "cleanup.policy", "segment.bytes"])));
        }

        foreach (var broker in new[] { "", "0" })
        {
            await ReplaceAsync(2, ConfigResourceType.Broker, broker);
            await EventuallyAsync(() => DescribeAsync(4, (ConfigResourceType.Broker, broker, ["log.retention.bytes", "log.cleanup.policy"])));
        }

        await ReplaceAsync(2, ConfigResourceType.Topic, "d-v4", ("retention.ms", "4"));
        await ReplaceAsync(0, ConfigResourceType.Topic, "d-v4", ("retention.ms", "3"), ("retention.bytes", "3"));
        await ReplaceAsync(0, ConfigResourceType.Topic, "d-v4", ("retention.ms", "x"));
        await ReplaceAsync(0, ConfigResourceType.Topic, "d-v4", ("retention.ms", null));
        await AskAsync<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>(1, new()
        {
            Resources = [Edit(ConfigResourceType.Topic, "d-v4"), Edit(ConfigResourceType.Topic, "d-v4"), Edit(ConfigResourceType.Topic, "d-v2")],
        });
        await AskAsync<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>(1, new()
        {
            Resources = [Edit(ConfigResourceType.Topic, "d-v4", (AlterConfigOperation.Set, "retention.ms", "8"))],
            ValidateOnly = true,
        });
    }

    private async Task DescribeAsync()
    {
        foreach (short version in new short[] { 1, 2, 3, 4 })
        {
            await EventuallyAsync(() => DescribeAsync(version, (ConfigResourceType.Topic, "d-v4", null)));
        }

        await DescribeAsync(4, (ConfigResourceType.Topic, "d-v4", []));
        await DescribeAsync(4, (ConfigResourceType.Topic, "d-v4", ["nothing", "retention.ms", "retention.ms"]));
        await DescribeAsync(4, (ConfigResourceType.Topic, "d-v4", ["retention.ms"]), (ConfigResourceType.Topic, "d-v2", ["retention.ms"]));
        await DescribeAsync(4, (ConfigResourceType.Topic, "d-v2", ["retention.ms"]), (ConfigResourceType.Topic, "d-v2", ["retention.ms"]));
        await DescribeAsync(4, (ConfigResourceType.Broker, "0", ["num.partitions", "log.retention.ms", "log.retention.hours", "log.roll.ms"]));
        await AskAsync<DescribeConfigsRequest, DescribeConfigsResponse>(4, new()
        {
            Resources = [new() { ResourceType = ConfigResourceType.Topic, ResourceName = "d-v4" }],
            IncludeDocumentation = true,
        });
    }

    private async Task AskTheRestAsync()
    {
        await AskAsync<DescribeClusterRequest, DescribeClusterResponse>(0, new());
        await AskAsync<DescribeClusterRequest, DescribeClusterResponse>(1, new() { IncludeClusterAuthorizedOperations = true });
        await AskAsync<DescribeClusterRequest, DescribeClusterResponse>(1, new() { EndpointType = EndpointType.Controllers });
        await AskAsync<DescribeClusterRequest, DescribeClusterResponse>(1, new() { EndpointType = (EndpointType)9 });
        await AskAsync<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>(0, new() { Topics = null });
        await AskAsync<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>(
            0, new() { Topics = [new() { Name = "d-plain", PartitionIndexes = [0] }, new() { Name = "d-no", PartitionIndexes = [0] }] });
        foreach (short version in new short[] { 0, 1, 2 })
        {
            await AskAsync<ElectLeadersRequest, ElectLeadersResponse>(version, new() { TopicPartitions = null });
            await AskAsync<ElectLeadersRequest, ElectLeadersResponse>(version, new()
            {
                TopicPartitions = [new() { Name = "d-plain", Partitions = [0, 99] }, new() { Name = "d-no", Partitions = [0] }],
            });
        }

        await AskAsync<ElectLeadersRequest, ElectLeadersResponse>(2, new()
        {
            ElectionType = ElectionType.Unclean,
            TopicPartitions = [new() { Name = "d-plain", Partitions = [0] }],
        });
    }

    private async Task DeleteAsync()
    {
        var unknown = new Guid(9, 9, 9, new byte[8]);
        await DropAsync(new() { Name = "d-no" }, new() { TopicId = unknown });
        await DropAsync(new() { Name = "" }, new() { Name = "d bad" });
        await DropAsync(new DeleteTopicsRequest.Topic());
        await DropAsync(new DeleteTopicsRequest.Topic { Name = "d-plain", TopicId = _ids["d-plain"] });
        await DropAsync(new() { Name = "d-plain" }, new() { Name = "d-plain" });
        await DropAsync(new() { TopicId = _ids["d-plain"] }, new() { TopicId = _ids["d-plain"] });
        await DropAsync(new() { Name = "d-plain" }, new() { TopicId = _ids["d-plain"] });
        await DropAsync(new DeleteTopicsRequest.Topic { TopicId = _ids["d-plain"] });
        await DropAsync(new DeleteTopicsRequest.Topic { TopicId = _ids["d-plain"] });
        foreach (short version in new short[] { 1, 3, 4, 5 })
        {
            await AskAsync<DeleteTopicsRequest, DeleteTopicsResponse>(version, new() { TopicNames = ["d-v4", "d-no"], TimeoutMs = 10_000 });
        }

        await AskAsync<DeleteTopicsRequest, DeleteTopicsResponse>(5, new() { TopicNames = ["d-v2", "d-v2", "d-once"], TimeoutMs = 10_000 });
        await EventuallyAsync(() => MetadataAsync(12, autoCreate: false, "d-plain", "d-v4", "d-v2", "d-once"));
    }

    private Task<CreateTopicsResponse> NewAsync(short version, params CreateTopicsRequest.Topic[] topics) =>
        AskAsync<CreateTopicsRequest, CreateTopicsResponse>(version, new() { Topics = topics });

    private Task<MetadataResponse> MetadataAsync(short version, bool autoCreate, params string[] topics) =>
        AskAsync<MetadataRequest, MetadataResponse>(version, new()
        {
            Topics = [.. topics.Select(name => new MetadataRequest.Topic { Name = name })],
            AllowAutoTopicCreation = autoCreate,
        });

    private Task<CreatePartitionsResponse> GrowAsync(short version, params CreatePartitionsRequest.Topic[] topics) =>
        AskAsync<CreatePartitionsRequest, CreatePartitionsResponse>(version, new() { Topics = topics, TimeoutMs = 10_000 });

    private Task<DeleteTopicsResponse> DropAsync(params DeleteTopicsRequest.Topic[] topics) =>
        AskAsync<DeleteTopicsRequest, DeleteTopicsResponse>(6, new() { Topics = topics, TimeoutMs = 10_000 });

    private Task<IncrementalAlterConfigsResponse> EditAsync(
        ConfigResourceType type, string name, params (AlterConfigOperation Operation, string Name, string? Value)[] edits) =>
        AskAsync<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>(1, new() { Resources = [Edit(type, name, edits)] });

    private Task<AlterConfigsResponse> ReplaceAsync(short version, ConfigResourceType type, string name, params (string Name, string? Value)[] configs) =>
        AskAsync<AlterConfigsRequest, AlterConfigsResponse>(version, new()
        {
            Resources =
            [
                new()
                {
                    ResourceType = type,
                    ResourceName = name,
                    Configs = [.. configs.Select(c => new AlterConfigsRequest.Config { Name = c.Name, Value = c.Value })],
                },
            ],
        });

    private Task<DescribeConfigsResponse> DescribeAsync(
        short version, params (ConfigResourceType Type, string Name, string[]? Keys)[] resources) =>
        AskAsync<DescribeConfigsRequest, DescribeConfigsResponse>(version, new()
        {
            Resources =
            [
                .. resources.Select(r => new DescribeConfigsRequest.Resource
                {
                    ResourceType = r.Type, ResourceName = r.Name, ConfigurationKeys = r.Keys,
                }),
            ],
            IncludeSynonyms = true,
        });

    /// <summary>Apache Kafka applies what its controller decided a moment later: what is seen at last counts.</summary>
    private async Task EventuallyAsync<T>(Func<Task<T>> ask)
    {
        var last = "";
        for (var same = 0; same < 5;)
        {
            var before = _lines.Count;
            await ask();
            var now = _lines[^1];
            _lines.RemoveRange(before, _lines.Count - before);
            same = now == last ? same + 1 : 0;
            last = now;
            await Task.Delay(50, cancellationToken);
        }

        _lines.Add(last);
    }

    private async Task<TResponse> AskAsync<TRequest, TResponse>(short version, TRequest request)
        where TRequest : class, IRequest<TRequest, TResponse>, new()
        where TResponse : class, IResponse, new()
    {
        var question = $"{TRequest.Key} v{version} {Fink.Kafka.Protocol.Encoding.FieldPrinter.Print(request, version)}";
        foreach (var id in _ids.Values) question = question.Replace(id.ToString(), "ID", StringComparison.Ordinal);
        var answer = await client.AskAsync<TRequest, TResponse>(request, cancellationToken, version);
        var copy = answer is MetadataResponse metadata ? metadata.Topics.Select(t => (t.Name, t.TopicId)).ToList() : [];
        _lines.Add($"{question}\n    {Answers.Print(answer, version)}");
        foreach (var (name, id) in copy)
        {
            if (name is not null && id != Guid.Empty) _ids[name] = id;
        }

        return answer;
    }

    private static CreateTopicsRequest.Topic Topic(string name, int partitions, short replicas, params (string Name, string? Value)[] configs) =>
        new()
        {
            Name = name,
            NumPartitions = partitions,
            ReplicationFactor = replicas,
            Configs = [.. configs.Select(c => new CreateTopicsRequest.Config { Name = c.Name, Value = c.Value })],
        };

    private static CreateTopicsRequest.Assignment[] Assignments(string text) =>
    [
        .. text.Split(' ').Select(partition => partition.Split(':')).Select(parts => new CreateTopicsRequest.Assignment
        {
            PartitionIndex = int.Parse(parts[0], CultureInfo.InvariantCulture), BrokerIds = Ints(parts[1]),
        }),
    ];

    private static IncrementalAlterConfigsRequest.Resource Edit(
        ConfigResourceType type, string name, params (AlterConfigOperation Operation, string Name, string? Value)[] edits) =>
        new()
        {
            ResourceType = type,
            ResourceName = name,
            Configs = [.. edits.Select(e => new IncrementalAlterConfigsRequest.Config
            {
                Name = e.Name, ConfigOperation = e.Operation, Value = e.Value,
            })],
        };

    private static int[] Ints(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
}
