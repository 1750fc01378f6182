namespace Fink.Kafka.Groups;

/// <param name="State">Kafka's word: Stable, Empty, PreparingRebalance, CompletingRebalance, Dead…</param>
public sealed record GroupSummary(string Name, string State, bool IsSimple);

public sealed record GroupDescription(
    string Name,
    string State,
    int? Coordinator,
    IReadOnlyList<GroupMember> Members,
    IReadOnlyList<PartitionLag> Partitions)
{
    public long TotalLag => Partitions.Sum(p => p.Lag ?? 0);

    public IReadOnlyList<TopicLag> Topics =>
        [.. Partitions.GroupBy(p => p.Topic).Select(t => new TopicLag(t.Key, t.Sum(p => p.Lag ?? 0)))];
}

public sealed record GroupMember(string Id, string ClientId, string Host, int AssignedPartitions);

/// <param name="Committed">The next offset that the group will read, or null before its first commit.</param>
/// <param name="End">The offset after the last record that is committed, or null where it cannot be seen.</param>
/// <param name="Lag">Null where nothing was committed, or the end cannot be seen.</param>
/// <param name="Member">The id of the member that reads the partition now, or null.</param>
/// <param name="Problem">Why the end cannot be seen; null where it can.</param>
public sealed record PartitionLag(string Topic, int Partition, long? Committed, long? End, long? Lag, string? Member, string? Problem);

public sealed record TopicLag(string Topic, long Lag);
