namespace Fink.Kafka.Broker.Groups.Classic;

/// <summary>Where a group is; the names are those that clients are told.</summary>
internal enum GroupState
{
    /// <summary>No members; offsets may remain.</summary>
    Empty,

    /// <summary>Members are awaited for the next generation.</summary>
    PreparingRebalance,

    /// <summary>The generation is formed, its leader's assignment awaited.</summary>
    CompletingRebalance,

    Stable,

    /// <summary>Deleted, or never there.</summary>
    Dead,
}
