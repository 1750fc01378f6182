namespace Fink.Kafka.Broker.Groups.Offsets;

/// <summary>How far a group has read a partition.</summary>
/// <param name="LeaderEpoch">-1 where the client named none.</param>
/// <param name="ExpiresAt">Only where the commit gave a retention of its own (versions 2 to 4).</param>
internal readonly record struct CommittedOffset(
    long Offset,
    int LeaderEpoch,
    string Metadata,
    DateTimeOffset CommittedAt,
    DateTimeOffset? ExpiresAt);
