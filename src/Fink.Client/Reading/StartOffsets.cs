using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>Where each partition is to be read from.</summary>
internal sealed class StartOffsets(IConsumer<byte[]?, byte[]?> consumer, AlertReaderOptions options)
{
    /// <summary>Offsets that exist, or would be the next: outside of them the nearest one.</summary>
    public List<TopicPartitionOffset> Of(IReadOnlyCollection<TopicPartition> partitions) => options.From switch
    {
        StartPosition.FromTime(var time) => Since(partitions, time),
        var from => [.. partitions.Select(p => new TopicPartitionOffset(p, Of(p, from)))],
    };

    /// <summary>The group's own place where it has one.</summary>
    public List<TopicPartitionOffset> AfterCommitted(List<TopicPartition> partitions)
    {
        var committed = consumer.Committed(partitions, options.Timeout);
        var fresh = Of([.. committed.Where(c => c.Offset.Value < 0).Select(c => c.TopicPartition)]);
        return [.. committed.Where(c => c.Offset.Value >= 0), .. fresh];
    }

    private Offset Of(TopicPartition partition, StartPosition from)
    {
        var known = consumer.QueryWatermarkOffsets(partition, options.Timeout);
        return from switch
        {
            StartPosition.FromEnd => known.High,
            StartPosition.FromOffset(var offset) => Math.Clamp(offset, known.Low.Value, known.High.Value),
            _ => known.Low,
        };
    }

    private List<TopicPartitionOffset> Since(IReadOnlyCollection<TopicPartition> partitions, DateTimeOffset time)
    {
        var asked = partitions.Select(p => new TopicPartitionTimestamp(
            p, new Timestamp(time.ToUnixTimeMilliseconds(), TimestampType.CreateTime)));
        return
        [
            .. consumer.OffsetsForTimes(asked, options.Timeout).Select(o => o.Offset.Value >= 0
                ? o
                : new TopicPartitionOffset(o.TopicPartition, Of(o.TopicPartition, StartPosition.End))),
        ];
    }
}
