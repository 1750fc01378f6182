namespace Fink.Kafka.Broker.Groups;

/// <summary>What an operator may set for groups and their offsets; the defaults are Kafka's.</summary>
internal sealed record GroupOptions
{
    /// <summary>group.min.session.timeout.ms</summary>
    public TimeSpan MinSessionTimeout { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>group.max.session.timeout.ms</summary>
    public TimeSpan MaxSessionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>group.max.size</summary>
    public int MaxSize { get; init; } = int.MaxValue;

    /// <summary>group.initial.rebalance.delay.ms: how long an empty group waits for more members after the first.</summary>
    public TimeSpan InitialRebalanceDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a new member may wait for its first generation. Not configurable in Kafka.</summary>
    public TimeSpan NewMemberJoinTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>offset.metadata.max.bytes</summary>
    public int OffsetMetadataMaxBytes { get; init; } = 4096;

    /// <summary>offsets.retention.minutes</summary>
    public TimeSpan OffsetsRetention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>offsets.retention.check.interval.ms</summary>
    public TimeSpan OffsetsRetentionCheckInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>fink.flush.policy=always: whether a commit is answered only when it would survive a loss of power.</summary>
    public bool FlushesEachChange { get; init; }

    /// <summary>The journal is written anew once it has grown by this many bytes, or by twice what is alive.</summary>
    public long JournalGrowthBeforeSnapshot { get; init; } = 4 * 1024 * 1024;
}
