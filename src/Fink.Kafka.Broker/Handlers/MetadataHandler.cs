using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>
/// Where topics are: here. One that is named and not there is made, where the broker, the client and its rights allow it; what is
/// answered then is the new topic, not Kafka's "come back later".
/// </summary>
internal sealed class MetadataHandler(
    string clusterId,
    string? rack,
    LiveConfigs configs,
    MetadataStore metadata,
    IPartitionLogs logs,
    TopicLifecycle topics,
    Authorizer authorizer) : IRequestHandler<MetadataRequest, MetadataResponse>
{
    private const short HasNull = 1;
    private const short FindsIds = 12;

    private static readonly PermissionRule Describe = ApiPermissions.Rule(ApiKey.Metadata, ResourceType.Topic);
    private static readonly PermissionRule Create = ApiPermissions.Rule(ApiKey.Metadata, ResourceType.Topic, AclOperation.Create);
    private static readonly PermissionRule DescribeCluster = ApiPermissions.Rule(ApiKey.Metadata, ResourceType.Cluster);

    public ValueTask<MetadataResponse?> HandleAsync(
        MetadataRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        if (request.Topics is { } asked && !Array.TrueForAll(asked, topic => IsWellNamed(topic, context.Version)))
        {
            return ValueTask.FromResult<MetadataResponse?>(new MetadataResponse { Topics = Array.ConvertAll(asked, Refused) });
        }

        var (host, port) = (context.Listener.Host, context.Listener.Port);
        return ValueTask.FromResult<MetadataResponse?>(new MetadataResponse
        {
            Brokers = [new() { NodeId = configs.NodeId, Host = host, Port = port, Rack = rack }],
            ClusterId = clusterId,
            ControllerId = configs.NodeId,
            ClusterAuthorizedOperations = request.IncludeClusterAuthorizedOperations
                ? OperationsOnCluster(context.Who)
                : AuthorizedOperations.NotRequested,
            Topics = TopicsOf(request, context),
        });
    }

    private int OperationsOnCluster(Requester who) =>
        authorizer.Check(who, DescribeCluster, ResourcePattern.ClusterName) == ErrorCode.None
            ? AuthorizedOperations.BitField(authorizer, who, ResourceType.Cluster, ResourcePattern.ClusterName)
            : 0;

    private MetadataResponse.Topic[] TopicsOf(MetadataRequest request, RequestContext context)
    {
        var who = context.Who;
        var withOperations = request.IncludeTopicAuthorizedOperations;
        if (request.Topics is not { } asked || (asked.Length == 0 && context.Version < HasNull))
        {
            return
            [
                .. metadata.Image.Topics.Values.Where(topic => authorizer.Check(who, Describe, topic.Name) == ErrorCode.None)
                    .Select(topic => Known(topic, who, withOperations)),
            ];
        }

        // As Kafka has it, one id among the names makes it a request by ids, which leaves the names alone.
        List<Guid> ids = [.. asked.Select(topic => topic.TopicId).Where(id => id != Guid.Empty).Distinct()];
        if (ids.Count > 0) return [.. ids.Select(id => ById(metadata.Image, id, who, withOperations))];

        List<string> names = [.. asked.Select(topic => topic.Name!).Distinct(StringComparer.Ordinal)];
        if (request.AllowAutoTopicCreation) MakeMissing(names, who);
        var image = metadata.Image;
        return [.. names.Select(name => ByName(image, name, who, withOperations))];
    }

    private static bool IsWellNamed(MetadataRequest.Topic topic, short version) =>
        topic.Name is not null ? version >= FindsIds || topic.TopicId == Guid.Empty : version >= FindsIds && topic.TopicId != Guid.Empty;

    private static MetadataResponse.Topic Refused(MetadataRequest.Topic topic) =>
        new() { ErrorCode = ErrorCode.InvalidRequest, Name = topic.Name ?? "", TopicId = topic.TopicId };

    private void MakeMissing(List<string> names, Requester who)
    {
        if (!configs.Broker.Flag("auto.create.topics.enable")) return;

        var image = metadata.Image;
        List<NewTopic> missing =
        [
            .. names.Where(name => !image.Topics.ContainsKey(name)
                    && authorizer.Check(who, Describe, name) == ErrorCode.None
                    && authorizer.Check(who, Create, name) == ErrorCode.None)
                .Select(NewTopic.Named),
        ];
        if (missing.Count > 0) topics.Create(missing, onlyValidate: false);
    }

    private MetadataResponse.Topic ById(MetadataImage image, Guid id, Requester who, bool withOperations)
    {
        if (!image.TopicsById.TryGetValue(id, out var topic)) return new() { ErrorCode = ErrorCode.UnknownTopicId, TopicId = id };

        var denied = authorizer.Check(who, Describe, topic.Name);
        return denied == ErrorCode.None ? Known(topic, who, withOperations) : new() { ErrorCode = denied, TopicId = id };
    }

    private MetadataResponse.Topic ByName(MetadataImage image, string name, Requester who, bool withOperations)
    {
        var denied = authorizer.Check(who, Describe, name);
        if (denied != ErrorCode.None) return new() { ErrorCode = denied, Name = name };
        if (image.Topics.TryGetValue(name, out var topic)) return Known(topic, who, withOperations);

        var why = TopicName.Complaint(name) is null ? ErrorCode.UnknownTopicOrPartition : ErrorCode.InvalidTopicException;
        return new() { ErrorCode = why, Name = name, IsInternal = TopicName.IsInternal(name) };
    }

    private MetadataResponse.Topic Known(Topic topic, Requester who, bool withOperations)
    {
        var partitions = new MetadataResponse.Partition[topic.Partitions];
        for (var index = 0; index < partitions.Length; index++) partitions[index] = PartitionOf(topic, index);
        return new MetadataResponse.Topic
        {
            Name = topic.Name,
            TopicId = topic.Id,
            IsInternal = TopicName.IsInternal(topic.Name),
            Partitions = partitions,
            TopicAuthorizedOperations = withOperations
                ? AuthorizedOperations.BitField(authorizer, who, ResourceType.Topic, topic.Name)
                : AuthorizedOperations.NotRequested,
        };
    }

    private MetadataResponse.Partition PartitionOf(Topic topic, int index)
    {
        int[] here = [configs.NodeId];
        var log = logs.Find(topic, index);
        // Asked first: it looks at the log's files, by which the log may go offline.
        var epoch = log?.LeaderEpoch ?? -1;
        return log is { OfflineReason: null }
            ? new() { PartitionIndex = index, LeaderId = configs.NodeId, LeaderEpoch = epoch, ReplicaNodes = here, IsrNodes = here }
            : new()
            {
                ErrorCode = ErrorCode.LeaderNotAvailable,
                PartitionIndex = index,
                LeaderId = -1,
                ReplicaNodes = here,
                OfflineReplicas = here,
            };
    }
}
