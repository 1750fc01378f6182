using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Partitions;

/// <summary>From what a client calls a topic to its logs, if it may.</summary>
internal sealed class PartitionAccess(MetadataStore metadata, IPartitionLogs logs, Authorizer authorizer)
{
    /// <summary>Rights come first: who has none learns nothing of the topic, not even whether it is there.</summary>
    public OpenedTopic Open(Requester who, PermissionRule rule, string name)
    {
        var denied = authorizer.Check(who, rule, name);
        return denied == ErrorCode.None
            ? new OpenedTopic(metadata.Image.Topics.GetValueOrDefault(name), ErrorCode.UnknownTopicOrPartition, logs)
            : new OpenedTopic(Topic: null, denied, logs);
    }

    /// <summary>An id is told apart from a name: what is not there is an unknown id.</summary>
    public OpenedTopic Open(Requester who, PermissionRule rule, Guid id)
    {
        if (!metadata.Image.TopicsById.TryGetValue(id, out var topic)) return new(Topic: null, ErrorCode.UnknownTopicId, logs);

        var denied = authorizer.Check(who, rule, topic.Name);
        return denied == ErrorCode.None ? new(topic, ErrorCode.UnknownTopicOrPartition, logs) : new(Topic: null, denied, logs);
    }
}
