using System.Buffers;
using System.Buffers.Binary;

namespace Fink.Kafka.Protocol.Records;

/// <summary>Builds one uncompressed batch, record after record.</summary>
/// <param name="baseTimestamp">Milliseconds since 1970: what the records' timestamps are kept relative to.</param>
public sealed class RecordBatchBuilder(long baseTimestamp = 0)
{
    private readonly ArrayBufferWriter<byte> _records = new();
    private readonly ArrayBufferWriter<byte> _body = new();
    private long _maxTimestamp = -1;

    public BatchAttributes Attributes { get; set; }

    public long BaseOffset { get; set; }

    public int PartitionLeaderEpoch { get; set; } = -1;

    public long ProducerId { get; set; } = -1;

    public short ProducerEpoch { get; set; } = -1;

    public int BaseSequence { get; set; } = -1;

    public int Count { get; private set; }

    /// <summary>The records as they would follow the header: what a codec compresses.</summary>
    public ReadOnlySpan<byte> Records => _records.WrittenSpan;

    /// <summary>A null key or value is not an empty one: pass null.</summary>
    public RecordBatchBuilder Add(long timestamp, byte[]? key, byte[]? value)
    {
        _body.ResetWrittenCount();
        Varint(_body, 0);
        Varint(_body, timestamp - baseTimestamp);
        Varint(_body, Count++);
        Bytes(key);
        Bytes(value);
        Varint(_body, 0);
        Varint(_records, _body.WrittenCount);
        _records.Write(_body.WrittenSpan);
        _maxTimestamp = Math.Max(_maxTimestamp, timestamp);
        return this;
    }

    public byte[] Build() => Build(_records.WrittenSpan);

    /// <param name="packed"><see cref="Records"/>, compressed as <see cref="Attributes"/> says.</param>
    public byte[] Build(ReadOnlySpan<byte> packed)
    {
        var batch = new byte[RecordBatch.HeaderLength + packed.Length];
        packed.CopyTo(batch.AsSpan(RecordBatch.HeaderLength));
        RecordBatchHeader.SetBaseOffset(batch, BaseOffset);
        RecordBatchHeader.SetLength(batch, batch.Length);
        RecordBatchHeader.SetPartitionLeaderEpoch(batch, PartitionLeaderEpoch);
        batch[RecordBatch.MagicAt] = RecordBatch.CurrentMagic;
        RecordBatchHeader.SetAttributes(batch, Attributes);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(RecordBatch.LastOffsetDeltaAt), Count - 1);
        BinaryPrimitives.WriteInt64BigEndian(batch.AsSpan(RecordBatch.BaseTimestampAt), baseTimestamp);
        RecordBatchHeader.SetMaxTimestamp(batch, _maxTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch.AsSpan(RecordBatch.ProducerIdAt), ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch.AsSpan(RecordBatch.ProducerEpochAt), ProducerEpoch);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(RecordBatch.BaseSequenceAt), BaseSequence);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(RecordBatch.RecordCountAt), Count);
        RecordBatchHeader.SetCrc(batch, packed);
        return batch;
    }

    private void Bytes(byte[]? bytes)
    {
        Varint(_body, bytes?.Length ?? -1);
        _body.Write(bytes);
    }

    private static void Varint(ArrayBufferWriter<byte> destination, long value)
    {
        var raw = (ulong)((value << 1) ^ (value >> 63));
        var span = destination.GetSpan(10);
        var length = 0;
        while (raw >= 0x80)
        {
            span[length++] = (byte)(raw | 0x80);
            raw >>= 7;
        }

        span[length++] = (byte)raw;
        destination.Advance(length);
    }
}
