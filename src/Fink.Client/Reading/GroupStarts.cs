using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>Where a member of a group begins in partitions that another member had, or none.</summary>
internal sealed class GroupStarts(
    IConsumer<byte[]?, byte[]?> consumer, StartOffsets starts, TopicGrowth growth, AlertConsumerOptions options)
{
    private readonly HashSet<TopicPartition> _replayed = [];

    /// <summary>
    /// Behind what the group committed, where there is that, and no replay of the partition is to be begun. Where it begins
    /// elsewhere than at a place that anybody finds again, that is committed: what comes from there on belongs to whoever
    /// has the partition next.
    /// </summary>
    public List<TopicPartitionOffset> Of(List<TopicPartition> partitions)
    {
        if (partitions.Count == 0)
        {
            return [];
        }

        var committed = Committed(partitions);
        var known = committed.FindAll(place => !BeginsReplay(place.TopicPartition) && place.Offset.Value >= 0);
        var begun = growth.Starts([.. partitions.Except(known.Select(place => place.TopicPartition))], starts, options.From);
        if (begun.Count > 0 && (options.Replay || options.From is StartPosition.FromEnd))
        {
            Commit(begun);
        }

        return [.. known, .. begun];
    }

    /// <summary>The group's places; negative where it has none.</summary>
    public List<TopicPartitionOffset> Committed(List<TopicPartition> partitions) =>
        partitions.Count == 0 ? [] : consumer.Committed(partitions, options.Timeout);

    private bool BeginsReplay(TopicPartition partition) => options.Replay && _replayed.Add(partition);

    private void Commit(List<TopicPartitionOffset> places)
    {
        try
        {
            consumer.Commit(places);
        }
        catch (KafkaException e) when (GroupCommits.IsOfRebalance(e.Error))
        {
            // The group went on without this member, which begins anew in what it is given next.
            return;
        }
    }
}
