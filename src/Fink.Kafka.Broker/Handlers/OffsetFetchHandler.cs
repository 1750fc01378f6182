using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class OffsetFetchHandler(GroupCoordinator groups, Authorizer authorizer)
    : IRequestHandler<OffsetFetchRequest, OffsetFetchResponse>
{
    private const short HasGroupError = 2;
    private const short ManyGroups = 8;

    private static readonly PermissionRule OnGroup = ApiPermissions.Rule(ApiKey.OffsetFetch, ResourceType.Group);
    private static readonly PermissionRule OnTopic = ApiPermissions.Rule(ApiKey.OffsetFetch, ResourceType.Topic);

    public ValueTask<OffsetFetchResponse?> HandleAsync(
        OffsetFetchRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        if (context.Version >= ManyGroups)
        {
            return ValueTask.FromResult<OffsetFetchResponse?>(new OffsetFetchResponse
            {
                Groups = Array.ConvertAll(
                    request.Groups, group => Fetch(group.GroupId, group.Topics, request.RequireStable, context.Who)),
            });
        }

        var one = Fetch(request.GroupId, request.Topics, request.RequireStable, context.Who);
        return ValueTask.FromResult<OffsetFetchResponse?>(new OffsetFetchResponse
        {
            ErrorCode = one.ErrorCode,
            Topics = context.Version < HasGroupError && one.ErrorCode != ErrorCode.None
                ? Refused(request.Topics ?? [], one.ErrorCode)
                : one.Topics,
        });
    }

    private OffsetFetchResponse.Group Fetch(
        string groupId, OffsetFetchRequest.Topic[]? topics, bool requireStable, Requester who)
    {
        var denied = authorizer.Check(who, OnGroup, groupId);
        if (denied != ErrorCode.None) return new OffsetFetchResponse.Group { GroupId = groupId, ErrorCode = denied };
        return new OffsetFetchResponse.Group
        {
            GroupId = groupId,
            Topics = topics is null ? All(groupId, requireStable, who) : Named(groupId, topics, requireStable, who),
        };
    }

    /// <summary>Topics that the client may not describe are left out.</summary>
    private OffsetFetchResponse.Topic[] All(string groupId, bool requireStable, Requester who) =>
    [
        .. groups.Offsets.Fetch(groupId, null, requireStable)
            .GroupBy(offset => offset.Partition.Topic)
            .Where(topic => authorizer.Check(who, OnTopic, topic.Key) == ErrorCode.None)
            .Select(topic => new OffsetFetchResponse.Topic { Name = topic.Key, Partitions = [.. topic.Select(Partition)] }),
    ];

    private OffsetFetchResponse.Topic[] Named(
        string groupId, OffsetFetchRequest.Topic[] topics, bool requireStable, Requester who) =>
        Array.ConvertAll(topics, topic =>
        {
            var denied = authorizer.Check(who, OnTopic, topic.Name);
            if (denied != ErrorCode.None) return Refused([topic], denied)[0];
            var partitions = Array.ConvertAll(topic.PartitionIndexes, index => new TopicPartition(topic.Name, index));
            return new OffsetFetchResponse.Topic
            {
                Name = topic.Name,
                Partitions = [.. groups.Offsets.Fetch(groupId, partitions, requireStable).Select(Partition)],
            };
        });

    private static OffsetFetchResponse.Topic[] Refused(OffsetFetchRequest.Topic[] topics, ErrorCode error) =>
        Array.ConvertAll(topics, topic => new OffsetFetchResponse.Topic
        {
            Name = topic.Name,
            Partitions = Array.ConvertAll(
                topic.PartitionIndexes, index => Partition(FetchedOffset.Nothing(new TopicPartition(topic.Name, index), error))),
        });

    private static OffsetFetchResponse.Partition Partition(FetchedOffset offset) => new()
    {
        PartitionIndex = offset.Partition.Partition,
        CommittedOffset = offset.Offset,
        CommittedLeaderEpoch = offset.LeaderEpoch,
        Metadata = offset.Metadata,
        ErrorCode = offset.Error,
    };
}
