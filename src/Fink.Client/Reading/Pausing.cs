using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>Which partitions rest. A pause is of all that the consumer has, also of what it is given meanwhile.</summary>
internal sealed class Pausing(IConsumer<byte[]?, byte[]?> consumer)
{
    private readonly HashSet<TopicPartition> _resting = [];

    public void Apply(bool isWanted)
    {
        if (isWanted)
        {
            var going = consumer.Assignment.FindAll(partition => !_resting.Contains(partition));
            consumer.Pause(going);
            _resting.UnionWith(going);
        }
        else if (_resting.Count > 0)
        {
            consumer.Resume(_resting);
            _resting.Clear();
        }
    }

    /// <summary>librdkafka keeps a partition paused over a rebalance, also one that it is given again.</summary>
    public void Taken(IEnumerable<TopicPartition> partitions)
    {
        var rested = partitions.Where(_resting.Remove).ToList();
        consumer.Resume(rested);
    }
}
