using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>Where each partition is to be read from.</summary>
internal sealed class StartOffsets(IConsumer<byte[]?, byte[]?> consumer, TimeSpan timeout)
{
    /// <summary>Offsets that exist, or would be the next: outside of them the nearest one.</summary>
    public List<TopicPartitionOffset> Of(IReadOnlyCollection<TopicPartition> partitions, StartPosition position) => position switch
    {
        _ when partitions.Count == 0 => [],
        StartPosition.FromTime(var time) => Since(partitions, time),
        StartPosition.FromPlace(var place) =>
            [.. partitions.Where(p => IsAt(p, place)).Select(p => new TopicPartitionOffset(p, Of(p, StartPosition.At(place.Offset))))],
        _ => [.. partitions.Select(p => new TopicPartitionOffset(p, Of(p, position)))],
    };

    private static bool IsAt(TopicPartition partition, AlertPosition place) =>
        partition.Topic == place.Topic && partition.Partition.Value == place.Partition;

    private Offset Of(TopicPartition partition, StartPosition from)
    {
        var known = consumer.QueryWatermarkOffsets(partition, timeout);
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
            .. consumer.OffsetsForTimes(asked, timeout).Select(o => o.Offset.Value >= 0
                ? o
                : new TopicPartitionOffset(o.TopicPartition, Of(o.TopicPartition, StartPosition.End))),
        ];
    }
}
