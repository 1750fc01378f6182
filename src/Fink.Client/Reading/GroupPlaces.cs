using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>
/// Where this member of a group goes on in each partition that is its own. One that the group takes and gives back at once was
/// nobody else's meanwhile: reading goes on there, not at what happens to be committed. May be asked from anywhere.
/// </summary>
internal sealed class GroupPlaces
{
    private readonly ConcurrentDictionary<TopicPartition, Place> _places = new();
    private readonly HashSet<TopicPartition> _revoked = [];

    /// <summary>Also between the group's taking a partition and its giving it to somebody: until then it can be committed.</summary>
    public bool IsOurs(TopicPartition partition) => _places.ContainsKey(partition);

    /// <summary>Whether the message there was handed on, and its partition has been our own ever since.</summary>
    public bool Holds(TopicPartitionOffset message) =>
        _places.TryGetValue(message.TopicPartition, out var place)
        && place.Begin <= message.Offset.Value && message.Offset.Value < place.Next;

    public void HandedOn(TopicPartitionOffset message)
    {
        var next = message.Offset.Value + 1;
        var begin = _places.TryGetValue(message.TopicPartition, out var place) ? place.Begin : message.Offset.Value;
        _places[message.TopicPartition] = new Place(begin, next);
    }

    public void GoesOnAt(TopicPartitionOffset there)
    {
        var next = there.Offset.Value;
        var begin = _places.TryGetValue(there.TopicPartition, out var place) ? Math.Min(place.Begin, next) : next;
        _places[there.TopicPartition] = new Place(begin, next);
    }

    public void Revoked(IEnumerable<TopicPartitionOffset> partitions) => _revoked.UnionWith(partitions.Select(p => p.TopicPartition));

    /// <summary>The group went on without this member: somebody else may have had them.</summary>
    public void Lost(List<TopicPartitionOffset> partitions) => partitions.ForEach(p => _places.TryRemove(p.TopicPartition, out _));

    /// <param name="begin">Where those begin that were not ours.</param>
    public List<TopicPartitionOffset> Assigned(
        List<TopicPartition> partitions, Func<List<TopicPartition>, List<TopicPartitionOffset>> begin)
    {
        _revoked.ExceptWith(partitions);
        foreach (var gone in _revoked)
        {
            _places.TryRemove(gone, out _);
        }

        _revoked.Clear();
        foreach (var start in begin(partitions.FindAll(partition => !IsOurs(partition))))
        {
            _places[start.TopicPartition] = new Place(start.Offset.Value, start.Offset.Value);
        }

        return [.. partitions.Select(partition => new TopicPartitionOffset(partition, _places[partition].Next))];
    }

    /// <summary>Offsets: the first one since the partition is ours, and the next one.</summary>
    private readonly record struct Place(long Begin, long Next);
}
