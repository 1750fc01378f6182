using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class OffsetCommitHandler(MetadataStore metadata, GroupCoordinator groups, Authorizer authorizer)
    : IRequestHandler<OffsetCommitRequest, OffsetCommitResponse>
{
    private static readonly PermissionRule OnGroup = ApiPermissions.Rule(ApiKey.OffsetCommit, ResourceType.Group);
    private static readonly PermissionRule OnTopic = ApiPermissions.Rule(ApiKey.OffsetCommit, ResourceType.Topic);

    public ValueTask<OffsetCommitResponse?> HandleAsync(
        OffsetCommitRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var denied = authorizer.Check(context.Who, OnGroup, request.GroupId);
        var image = metadata.Image;
        List<OffsetToCommit> accepted = [];
        var topics = Array.ConvertAll(request.Topics, topic =>
        {
            var refused = denied == ErrorCode.None ? authorizer.Check(context.Who, OnTopic, topic.Name) : denied;
            return new OffsetCommitResponse.Topic
            {
                Name = topic.Name,
                Partitions = Array.ConvertAll(topic.Partitions, partition =>
                {
                    var error = refused != ErrorCode.None || image.HasPartition(topic.Name, partition.PartitionIndex)
                        ? refused
                        : ErrorCode.UnknownTopicOrPartition;
                    if (error == ErrorCode.None) accepted.Add(Offset(topic.Name, partition));
                    return new OffsetCommitResponse.Partition { PartitionIndex = partition.PartitionIndex, ErrorCode = error };
                }),
            };
        });
        if (accepted.Count > 0)
        {
            Fill(topics, groups.Offsets.Commit(Commit(request, accepted)));
            ForgetDeleted(image, request.Topics);
        }

        return ValueTask.FromResult<OffsetCommitResponse?>(new OffsetCommitResponse { Topics = topics });
    }

    /// <summary>A topic that was deleted while its offsets were on their way would leave them to the next one of its name.</summary>
    private void ForgetDeleted(MetadataImage before, OffsetCommitRequest.Topic[] topics)
    {
        var now = metadata.Image;
        if (ReferenceEquals(now, before)) return;
        var gone = topics.Select(topic => topic.Name)
            .Where(name => before.Topics.GetValueOrDefault(name)?.Id != now.Topics.GetValueOrDefault(name)?.Id)
            .ToHashSet();
        if (gone.Count > 0) groups.Offsets.ForgetTopics(gone.Contains);
    }

    private static OffsetToCommit Offset(string topic, OffsetCommitRequest.Partition partition) => new(
        new TopicPartition(topic, partition.PartitionIndex),
        partition.CommittedOffset,
        partition.CommittedLeaderEpoch,
        partition.CommittedMetadata);

    private static OffsetCommit Commit(OffsetCommitRequest request, IReadOnlyList<OffsetToCommit> offsets) => new()
    {
        GroupId = request.GroupId,
        Member = new MemberIdentity(request.MemberId, request.GroupInstanceId, request.GenerationIdOrMemberEpoch),
        RetentionMs = request.RetentionTimeMs,
        Offsets = offsets,
    };

    /// <summary>The outcomes are in the order of the offsets, which is that of the partitions without an error so far.</summary>
    private static void Fill(OffsetCommitResponse.Topic[] topics, IReadOnlyList<PartitionError> outcomes)
    {
        var next = 0;
        foreach (var topic in topics)
        {
            foreach (ref var partition in topic.Partitions.AsSpan())
            {
                if (partition.ErrorCode == ErrorCode.None) partition.ErrorCode = outcomes[next++].Error;
            }
        }
    }
}
