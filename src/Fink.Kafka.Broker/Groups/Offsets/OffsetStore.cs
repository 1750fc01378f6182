using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups.Offsets;

/// <summary>How far each group has read, in memory. Changes are journalled before they come here. Guarded by the coordinator's gate.</summary>
internal sealed class OffsetStore
{
    private readonly Dictionary<string, Dictionary<TopicPartition, CommittedOffset>> _byGroup = [];

    public StagedOffsets Staged { get; } = new();

    public IReadOnlyDictionary<TopicPartition, CommittedOffset>? Of(string groupId) => _byGroup.GetValueOrDefault(groupId);

    /// <summary>Every partition with an offset, committed or staged.</summary>
    public IReadOnlySet<TopicPartition> PartitionsOf(string groupId)
    {
        var partitions = new HashSet<TopicPartition>(_byGroup.GetValueOrDefault(groupId)?.Keys ?? Enumerable.Empty<TopicPartition>());
        partitions.UnionWith(Staged.All.Where(staged => staged.GroupId == groupId).SelectMany(staged => staged.Offsets.Keys));
        return partitions;
    }

    public void Apply(string groupId, IReadOnlyCollection<KeyValuePair<TopicPartition, CommittedOffset>> offsets)
    {
        if (!_byGroup.TryGetValue(groupId, out var committed)) _byGroup[groupId] = committed = [];
        foreach (var (partition, offset) in offsets) committed[partition] = offset;
    }

    public void Forget(string groupId, IReadOnlyCollection<TopicPartition> partitions)
    {
        Staged.Forget(groupId, partitions);
        if (!_byGroup.TryGetValue(groupId, out var committed)) return;
        foreach (var partition in partitions) committed.Remove(partition);
        if (committed.Count == 0) _byGroup.Remove(groupId);
    }

    public void ForgetGroup(string groupId)
    {
        _byGroup.Remove(groupId);
        Staged.ForgetGroup(groupId);
    }

    public void EndTransaction(long producerId, bool isCommit)
    {
        foreach (var (groupId, offsets) in Staged.Take(producerId))
        {
            if (isCommit && offsets.Count > 0) Apply(groupId, offsets);
        }
    }

    /// <param name="partitions">Null for all that the group committed.</param>
    /// <param name="requireStable">Whether a partition with an offset in an open transaction is an error.</param>
    public IReadOnlyList<FetchedOffset> Fetch(
        string groupId, IReadOnlyList<TopicPartition>? partitions, bool requireStable)
    {
        var committed = Of(groupId);
        var asked = partitions ?? (committed is null ? [] : [.. committed.Keys]);
        return [.. asked.Select(partition => Fetch(groupId, partition, committed, requireStable))];
    }

    private FetchedOffset Fetch(
        string groupId, TopicPartition partition, IReadOnlyDictionary<TopicPartition, CommittedOffset>? committed,
        bool requireStable)
    {
        if (requireStable && Staged.HasAny(groupId, partition))
        {
            return FetchedOffset.Nothing(partition, ErrorCode.UnstableOffsetCommit);
        }
        return committed is not null && committed.TryGetValue(partition, out var offset)
            ? new FetchedOffset(partition, offset.Offset, offset.LeaderEpoch, offset.Metadata, ErrorCode.None)
            : FetchedOffset.Nothing(partition);
    }
}
