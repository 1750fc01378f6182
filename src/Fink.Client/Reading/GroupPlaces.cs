using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>
/// Where this member of a group goes on in each partition that is its own. One that the group takes and gives back at once was
/// nobody else's meanwhile: reading goes on there, not at what happens to be committed. May be asked from anywhere.
/// </summary>
internal sealed class GroupPlaces
{
    private readonly ConcurrentDictionary<TopicPartition, Offset> _next = new();
    private readonly HashSet<TopicPartition> _revoked = [];

    /// <summary>Also between the group's taking a partition and its giving it to somebody: until then it can be committed.</summary>
    public bool IsOurs(TopicPartition partition) => _next.ContainsKey(partition);

    public void HandedOn(TopicPartitionOffset message) => _next[message.TopicPartition] = message.Offset + 1;

    public void GoesOnAt(TopicPartitionOffset place) => _next[place.TopicPartition] = place.Offset;

    public void Revoked(IEnumerable<TopicPartitionOffset> partitions) => _revoked.UnionWith(partitions.Select(p => p.TopicPartition));

    /// <summary>The group went on without this member: somebody else may have had them.</summary>
    public void Lost(List<TopicPartitionOffset> partitions) => partitions.ForEach(p => _next.TryRemove(p.TopicPartition, out _));

    /// <param name="starts">Of the partitions that are given, where one that was not ours is begun.</param>
    public List<TopicPartitionOffset> Assigned(List<TopicPartitionOffset> starts)
    {
        _revoked.ExceptWith(starts.Select(start => start.TopicPartition));
        foreach (var gone in _revoked)
        {
            _next.TryRemove(gone, out _);
        }

        _revoked.Clear();
        return [.. starts.Select(start => new TopicPartitionOffset(start.TopicPartition, _next.GetOrAdd(start.TopicPartition, start.Offset)))];
    }
}
