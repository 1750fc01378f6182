using System.Buffers.Binary;

namespace Fink.Kafka.Protocol.Records;

/// <summary>Sets what a broker sets in a batch's header.</summary>
public static class RecordBatchHeader
{
    /// <summary>Outside the CRC, as is the leader epoch.</summary>
    public static void SetBaseOffset(Span<byte> header, long offset) => BinaryPrimitives.WriteInt64BigEndian(header, offset);

    public static void SetPartitionLeaderEpoch(Span<byte> header, int epoch) =>
        BinaryPrimitives.WriteInt32BigEndian(header[RecordBatch.LeaderEpochAt..], epoch);

    public static void SetLength(Span<byte> header, int sizeInBytes) =>
        BinaryPrimitives.WriteInt32BigEndian(header[RecordBatch.LengthAt..], sizeInBytes - RecordBatch.LengthOverhead);

    /// <summary>Inside the CRC: <see cref="SetCrc"/> has to follow.</summary>
    public static void SetAttributes(Span<byte> header, BatchAttributes attributes) =>
        BinaryPrimitives.WriteInt16BigEndian(header[RecordBatch.AttributesAt..], attributes.Bits);

    /// <summary>Inside the CRC: <see cref="SetCrc"/> has to follow.</summary>
    public static void SetMaxTimestamp(Span<byte> header, long timestamp) =>
        BinaryPrimitives.WriteInt64BigEndian(header[RecordBatch.MaxTimestampAt..], timestamp);

    /// <param name="header">Of one batch, with everything else set.</param>
    /// <param name="records">What follows it.</param>
    public static void SetCrc(Span<byte> header, ReadOnlySpan<byte> records) => BinaryPrimitives.WriteUInt32BigEndian(
        header[RecordBatch.CrcAt..],
        Crc32C.Of(header[RecordBatch.AttributesAt..RecordBatch.HeaderLength], records));
}
