using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class OffsetDeleteHandler(MetadataStore metadata, GroupCoordinator groups, Authorizer authorizer)
    : IRequestHandler<OffsetDeleteRequest, OffsetDeleteResponse>
{
    private static readonly PermissionRule OnGroup = ApiPermissions.Rule(ApiKey.OffsetDelete, ResourceType.Group);
    private static readonly PermissionRule OnTopic = ApiPermissions.Rule(ApiKey.OffsetDelete, ResourceType.Topic);

    public ValueTask<OffsetDeleteResponse?> HandleAsync(
        OffsetDeleteRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<OffsetDeleteResponse?>(Answer(request, context));

    private OffsetDeleteResponse Answer(OffsetDeleteRequest request, RequestContext context)
    {
        var denied = authorizer.Check(context.Who, OnGroup, request.GroupId);
        if (denied == ErrorCode.None && request.GroupId.Length == 0) denied = ErrorCode.InvalidGroupId;
        if (denied != ErrorCode.None) return new OffsetDeleteResponse { ErrorCode = denied };

        var image = metadata.Image;
        List<TopicPartition> accepted = [];
        var topics = Array.ConvertAll(request.Topics, topic =>
        {
            var refused = authorizer.Check(context.Who, OnTopic, topic.Name);
            return new OffsetDeleteResponse.Topic
            {
                Name = topic.Name,
                Partitions = Array.ConvertAll(topic.Partitions, partition =>
                {
                    var error = refused != ErrorCode.None || image.HasPartition(topic.Name, partition.PartitionIndex)
                        ? refused
                        : ErrorCode.UnknownTopicOrPartition;
                    if (error == ErrorCode.None) accepted.Add(new TopicPartition(topic.Name, partition.PartitionIndex));
                    return new OffsetDeleteResponse.Partition { PartitionIndex = partition.PartitionIndex, ErrorCode = error };
                }),
            };
        });
        var deletion = groups.Offsets.Delete(request.GroupId, accepted);
        if (deletion.Error != ErrorCode.None) return new OffsetDeleteResponse { ErrorCode = deletion.Error };
        Fill(topics, deletion.Partitions);
        return new OffsetDeleteResponse { Topics = topics };
    }

    /// <summary>The outcomes are in the order of the partitions without an error so far.</summary>
    private static void Fill(OffsetDeleteResponse.Topic[] topics, IReadOnlyList<PartitionError> outcomes)
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
