using Fink.Kafka.Broker.Groups.Requests;

namespace Fink.Kafka.Broker.Groups.Offsets;

/// <summary>Offsets that open transactions will commit, by producer id and group.</summary>
internal sealed class StagedOffsets
{
    private readonly Dictionary<long, Dictionary<string, Dictionary<TopicPartition, CommittedOffset>>> _byProducer = [];

    public IEnumerable<(long ProducerId, string GroupId, IReadOnlyDictionary<TopicPartition, CommittedOffset> Offsets)> All =>
        from producer in _byProducer
        from grouped in producer.Value
        select (producer.Key, grouped.Key, (IReadOnlyDictionary<TopicPartition, CommittedOffset>)grouped.Value);

    public void Add(
        long producerId, string groupId, IReadOnlyCollection<KeyValuePair<TopicPartition, CommittedOffset>> offsets)
    {
        if (!_byProducer.TryGetValue(producerId, out var groups)) _byProducer[producerId] = groups = [];
        if (!groups.TryGetValue(groupId, out var staged)) groups[groupId] = staged = [];
        foreach (var (partition, offset) in offsets) staged[partition] = offset;
    }

    /// <summary>What the producer staged, which is staged no more.</summary>
    public IReadOnlyDictionary<string, Dictionary<TopicPartition, CommittedOffset>> Take(long producerId) =>
        _byProducer.Remove(producerId, out var groups) ? groups : [];

    public bool Has(long producerId) => _byProducer.ContainsKey(producerId);

    public bool HasAny(string groupId) => _byProducer.Values.Any(groups => groups.ContainsKey(groupId));

    public bool HasAny(string groupId, TopicPartition partition) => _byProducer.Values.Any(
        groups => groups.TryGetValue(groupId, out var staged) && staged.ContainsKey(partition));

    public void ForgetGroup(string groupId)
    {
        foreach (var groups in _byProducer.Values) groups.Remove(groupId);
    }

    public void Forget(string groupId, IReadOnlyCollection<TopicPartition> partitions)
    {
        foreach (var groups in _byProducer.Values)
        {
            if (!groups.TryGetValue(groupId, out var staged)) continue;
            foreach (var partition in partitions) staged.Remove(partition);
        }
    }
}
