using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Metadata.Topics;

/// <param name="Partitions">How many there shall be in all.</param>
/// <param name="Assignments">The brokers of each new partition, chosen by hand; null for "as the broker likes".</param>
internal sealed record MorePartitions(string Topic, int Partitions, IReadOnlyList<IReadOnlyList<int>>? Assignments);

/// <summary>Decides whether topics can have more partitions.</summary>
internal sealed class PartitionGrowth(Replicas replicas)
{
    /// <summary>The topic as it then is, or a refusal.</summary>
    public TopicAnswer Decide(MetadataImage image, MorePartitions wanted)
    {
        if (!image.Topics.TryGetValue(wanted.Topic, out var topic))
        {
            return new Refusal(ErrorCode.UnknownTopicOrPartition, $"There is no topic '{wanted.Topic}'.");
        }

        if (wanted.Partitions <= topic.Partitions)
        {
            return new Refusal(ErrorCode.InvalidPartitions, wanted.Partitions == topic.Partitions
                ? $"Topic already has {topic.Partitions} partition(s)."
                : $"The topic {topic.Name} has {topic.Partitions} partition(s); {wanted.Partitions} would not be an increase.");
        }

        var more = wanted.Partitions - topic.Partitions;
        if (wanted.Assignments is { } assignments)
        {
            if (assignments.Count != more)
            {
                return Replicas.Wrong($"{more} new partition(s) were asked for, with assignments for {assignments.Count}.");
            }

            foreach (var brokers in assignments)
            {
                if (replicas.RefuseBrokers(brokers) is { } refusal) return refusal;
            }
        }

        return more > TopicCreation.MostPartitions
            ? new Refusal(
                ErrorCode.PolicyViolation, $"More than {TopicCreation.MostPartitions} new partitions were asked for at once.")
            : topic with { Partitions = wanted.Partitions };
    }
}
