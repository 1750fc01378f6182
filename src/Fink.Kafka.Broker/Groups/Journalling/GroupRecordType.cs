namespace Fink.Kafka.Broker.Groups.Journalling;

/// <summary>Numbers on disk: never changed, never used again.</summary>
internal enum GroupRecordType : byte
{
    /// <summary>A group with its members, as of a generation.</summary>
    Group = 1,

    /// <summary>A group is gone, with all its offsets.</summary>
    GroupDeleted = 2,

    OffsetsCommitted = 3,

    OffsetsForgotten = 4,

    /// <summary>Offsets that a transaction will commit.</summary>
    OffsetsStaged = 5,

    TransactionEnded = 6,
}
