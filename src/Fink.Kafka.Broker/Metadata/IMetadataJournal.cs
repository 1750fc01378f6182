namespace Fink.Kafka.Broker.Metadata;

/// <summary>What the metadata needs of the disk.</summary>
internal interface IMetadataJournal
{
    /// <summary>Durable when it returns.</summary>
    /// <exception cref="IOException">Nothing of the record will be replayed.</exception>
    void Append(byte type, byte version, ReadOnlySpan<byte> payload);

    /// <summary>All records since the last snapshot, which is the first of them.</summary>
    void Replay(MetadataRecordReader read);

    /// <summary>Replaces all records by one, at once or not at all.</summary>
    /// <exception cref="IOException">The journal is as it was.</exception>
    void Snapshot(byte type, byte version, ReadOnlySpan<byte> payload);
}

internal delegate void MetadataRecordReader(byte type, byte version, ReadOnlySpan<byte> payload);
