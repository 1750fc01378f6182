namespace Fink.Kafka.Protocol.Records;

/// <summary>The 16 bits of a batch that say how its records are kept and what they are.</summary>
public readonly record struct BatchAttributes(short Bits)
{
    private const short CompressionMask = 0x07;
    private const short LogAppendTimeBit = 0x08;
    private const short TransactionalBit = 0x10;
    private const short ControlBit = 0x20;

    /// <summary>0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.</summary>
    public int Compression => Bits & CompressionMask;

    public bool IsCompressed => Compression != 0;

    /// <summary>All records have the time of the append, which is the batch's greatest timestamp.</summary>
    public bool HasLogAppendTime => (Bits & LogAppendTimeBit) != 0;

    public bool IsTransactional => (Bits & TransactionalBit) != 0;

    /// <summary>The batch is the end of a transaction, not data.</summary>
    public bool IsControl => (Bits & ControlBit) != 0;

    public BatchAttributes WithCompression(int compression) => new((short)((Bits & ~CompressionMask) | compression));

    public BatchAttributes WithLogAppendTime(bool value) => With(LogAppendTimeBit, value);

    public BatchAttributes AsTransactional() => With(TransactionalBit, true);

    public BatchAttributes AsControl() => With(ControlBit, true);

    private BatchAttributes With(short bit, bool value) => new((short)(value ? (ushort)Bits | (ushort)bit : Bits & ~bit));
}
