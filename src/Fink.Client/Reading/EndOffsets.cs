using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>What was the end of each partition when reading started, and which have been read so far.</summary>
internal sealed class EndOffsets(IConsumer<byte[]?, byte[]?> consumer, TimeSpan timeout)
{
    private readonly Dictionary<TopicPartition, long> _ends = [];
    private readonly HashSet<TopicPartition> _open = [];

    public bool AreAllReached => _open.Count == 0;

    public void Expect(IEnumerable<TopicPartitionOffset> starts)
    {
        foreach (var start in starts)
        {
            if (!_ends.TryGetValue(start.TopicPartition, out var end))
            {
                end = EndOf(start.TopicPartition);
                _ends[start.TopicPartition] = end;
            }

            if (start.Offset.Value < end)
            {
                _open.Add(start.TopicPartition);
            }
            else
            {
                _open.Remove(start.TopicPartition);
            }
        }
    }

    /// <summary>Another member of the group has these now.</summary>
    public void Forget(IEnumerable<TopicPartitionOffset> partitions) =>
        _open.ExceptWith(partitions.Select(p => p.TopicPartition));

    /// <summary>
    /// A partition has nothing more now; the last offsets may have been a transaction's own marks. One that ends earlier
    /// than it did was made anew: what was there is gone.
    /// </summary>
    public void Reached(TopicPartitionOffset position)
    {
        if (_open.Contains(position.TopicPartition) && position.Offset.Value < _ends[position.TopicPartition])
        {
            _ends[position.TopicPartition] = Math.Min(_ends[position.TopicPartition], EndOf(position.TopicPartition));
        }

        Close(position, position.Offset.Value);
    }

    /// <summary>Whether this message was there when reading started.</summary>
    public bool Takes(TopicPartitionOffset message)
    {
        Close(message, message.Offset.Value + 1);
        return message.Offset.Value < _ends[message.TopicPartition];
    }

    private long EndOf(TopicPartition partition) => consumer.QueryWatermarkOffsets(partition, timeout).High.Value;

    private void Close(TopicPartitionOffset at, long next)
    {
        if (next >= _ends[at.TopicPartition])
        {
            _open.Remove(at.TopicPartition);
        }
    }
}
