using System.Buffers.Binary;

namespace Fink.Kafka.Protocol.Records;

/// <summary>
/// A view of one record batch of format 2: its header, and after it the records, which may be compressed. Nothing is
/// checked but that the bytes hold what the header says; what the fields may be is for those who take the batch in.
/// </summary>
public readonly ref struct RecordBatch
{
    public const int HeaderLength = 61;
    public const byte CurrentMagic = 2;

    /// <summary>Base offset and length: what comes before the bytes that the length counts.</summary>
    public const int LengthOverhead = 12;

    internal const int LengthAt = 8;
    internal const int LeaderEpochAt = 12;
    internal const int MagicAt = 16;
    internal const int CrcAt = 17;
    internal const int AttributesAt = 21;
    internal const int LastOffsetDeltaAt = 23;
    internal const int BaseTimestampAt = 27;
    internal const int MaxTimestampAt = 35;
    internal const int ProducerIdAt = 43;
    internal const int ProducerEpochAt = 51;
    internal const int BaseSequenceAt = 53;
    internal const int RecordCountAt = 57;

    private readonly ReadOnlySpan<byte> _bytes;

    private RecordBatch(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public long BaseOffset => BinaryPrimitives.ReadInt64BigEndian(_bytes);

    /// <summary>Of the whole batch, from the base offset to the last record.</summary>
    public int SizeInBytes => LengthOverhead + BinaryPrimitives.ReadInt32BigEndian(_bytes[LengthAt..]);

    public int PartitionLeaderEpoch => BinaryPrimitives.ReadInt32BigEndian(_bytes[LeaderEpochAt..]);

    public byte Magic => _bytes[MagicAt];

    public uint Crc => BinaryPrimitives.ReadUInt32BigEndian(_bytes[CrcAt..]);

    public BatchAttributes Attributes => new(BinaryPrimitives.ReadInt16BigEndian(_bytes[AttributesAt..]));

    public int LastOffsetDelta => BinaryPrimitives.ReadInt32BigEndian(_bytes[LastOffsetDeltaAt..]);

    public long LastOffset => BaseOffset + LastOffsetDelta;

    public long NextOffset => LastOffset + 1;

    public long BaseTimestamp => BinaryPrimitives.ReadInt64BigEndian(_bytes[BaseTimestampAt..]);

    public long MaxTimestamp => BinaryPrimitives.ReadInt64BigEndian(_bytes[MaxTimestampAt..]);

    /// <summary>-1 for none.</summary>
    public long ProducerId => BinaryPrimitives.ReadInt64BigEndian(_bytes[ProducerIdAt..]);

    public short ProducerEpoch => BinaryPrimitives.ReadInt16BigEndian(_bytes[ProducerEpochAt..]);

    public int BaseSequence => BinaryPrimitives.ReadInt32BigEndian(_bytes[BaseSequenceAt..]);

    /// <summary>After the greatest number comes 0.</summary>
    public int LastSequence => (int)(((long)BaseSequence + LastOffsetDelta) & int.MaxValue);

    public int RecordCount => BinaryPrimitives.ReadInt32BigEndian(_bytes[RecordCountAt..]);

    public bool HasProducer => ProducerId >= 0;

    /// <summary>What comes after the header: compressed as the attributes say.</summary>
    public ReadOnlySpan<byte> Records => _bytes[HeaderLength..SizeInBytes];

    /// <summary>False: only the header is known to be here, and <see cref="Records"/> and the CRC are out of reach.</summary>
    public bool IsWhole => _bytes.Length >= SizeInBytes;

    /// <summary>The CRC is of all that follows it: the base offset and the leader epoch are the broker's to set.</summary>
    public bool HasSoundCrc => Crc32C.Of(_bytes[AttributesAt..SizeInBytes]) == Crc;

    /// <summary>False: the bytes hold no whole batch at their start. What follows it is not looked at.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RecordBatch batch) =>
        TryReadHeader(bytes, out batch) && batch.IsWhole;

    /// <summary>False: the bytes are shorter than a header, or its length or format cannot be a batch's.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, out RecordBatch batch)
    {
        batch = default;
        if (bytes.Length < HeaderLength) return false;

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes[LengthAt..]);
        if (length is < HeaderLength - LengthOverhead or > int.MaxValue - LengthOverhead || bytes[MagicAt] != CurrentMagic)
        {
            return false;
        }

        batch = new(bytes);
        return true;
    }
}
