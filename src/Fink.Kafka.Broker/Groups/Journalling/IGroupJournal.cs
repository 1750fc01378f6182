namespace Fink.Kafka.Broker.Groups.Journalling;

/// <summary>What groups need of the disk: records in order, written anew from time to time.</summary>
internal interface IGroupJournal
{
    /// <exception cref="IOException">Nothing of the record will be replayed.</exception>
    void Append(byte type, byte version, ReadOnlySpan<byte> payload);

    /// <summary>All records since the last snapshot, which is the first of them.</summary>
    void Replay(GroupRecordReader read);

    /// <summary>Replaces all records by those that <paramref name="write"/> appends, at once or not at all.</summary>
    /// <exception cref="IOException">The journal is as it was.</exception>
    void Snapshot(Action<GroupRecordAppender> write);
}

internal delegate void GroupRecordReader(byte type, byte version, ReadOnlySpan<byte> payload);

internal delegate void GroupRecordAppender(byte type, byte version, ReadOnlySpan<byte> payload);
