using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups.Requests;

/// <summary>A partition by its topic's name, as offsets are kept.</summary>
internal readonly record struct TopicPartition(string Topic, int Partition);

internal readonly record struct OffsetToCommit(
    TopicPartition Partition,
    long Offset,
    int LeaderEpoch,
    string? Metadata);

/// <summary>Offsets of partitions that exist and may be read: the handler has seen to both.</summary>
internal sealed record OffsetCommit
{
    public required string GroupId { get; init; }

    public required MemberIdentity Member { get; init; }

    /// <summary>Versions 2 to 4 may give a commit its own retention; -1 where they do not.</summary>
    public long RetentionMs { get; init; } = -1;

    public required IReadOnlyList<OffsetToCommit> Offsets { get; init; }
}

internal readonly record struct PartitionError(TopicPartition Partition, ErrorCode Error);

/// <summary>What a group committed for a partition; -1 with no error where it committed nothing.</summary>
internal readonly record struct FetchedOffset(
    TopicPartition Partition,
    long Offset,
    int LeaderEpoch,
    string Metadata,
    ErrorCode Error)
{
    public static FetchedOffset Nothing(TopicPartition partition, ErrorCode error = ErrorCode.None) =>
        new(partition, -1, -1, "", error);
}

internal sealed record OffsetDeletion(ErrorCode Error, IReadOnlyList<PartitionError> Partitions);
