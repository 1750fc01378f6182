using System.Collections.Immutable;
using Fink.Kafka.Broker.Storage.Logs.Producers;
using Fink.Kafka.Broker.Storage.Logs.Segments;

namespace Fink.Kafka.Broker.Storage.Logs.Recovery;

/// <summary>
/// What the file "state" keeps of a log: true of everything before the recovery point, which was flushed when it was
/// written. What comes after the point is read again from the segments.
/// </summary>
internal sealed record LogState
{
    public long LogStartOffset { get; init; }

    /// <summary>The offset at the recovery point: the end of the last of the segments.</summary>
    public long EndOffset { get; init; }

    /// <summary>In order; the last one is the active one. Never empty.</summary>
    public ImmutableArray<SegmentSummary> Segments { get; init; } = [];

    public ImmutableArray<EpochStart> Epochs { get; init; } = [];

    public ImmutableArray<ProducerSnapshot> Producers { get; init; } = [];

    public ImmutableArray<AbortedRange> Aborted { get; init; } = [];
}
