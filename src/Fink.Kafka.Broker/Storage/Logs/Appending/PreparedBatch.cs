using System.Buffers;
using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs.Appending;

/// <summary>
/// A batch that may be appended, as it will be in the log but for its offset and epoch: everything that takes long is done
/// before the log's lock is taken.
/// </summary>
internal readonly ref struct PreparedBatch
{
    private PreparedBatch(Span<byte> header, ReadOnlySpan<byte> records)
    {
        Header = header;
        Records = records;
    }

    public Span<byte> Header { get; }

    public ReadOnlySpan<byte> Records { get; }

    /// <summary>Of the header only, but for ends of transactions, whose record is looked at.</summary>
    public RecordBatch View()
    {
        RecordBatch.TryReadHeader(Header, out var batch);
        if (batch.Attributes.IsControl) RecordBatch.TryRead((byte[])[.. Header, .. Records], out batch);
        return batch;
    }

    /// <returns>Null, or why the batch is refused.</returns>
    /// <exception cref="CompressionException">The records unpack to more than was allowed, and it may be allowed more.</exception>
    /// <param name="maxUnpackedBytes">Of compressed records.</param>
    /// <param name="header">Room for the header that is kept; the bytes sent are not changed.</param>
    public static AppendResult? TryPrepare(
        ReadOnlyMemory<byte> bytes,
        AppendOrigin origin,
        LogConfig config,
        long nowMs,
        int maxUnpackedBytes,
        Span<byte> header,
        out PreparedBatch prepared)
    {
        prepared = default;
        if (BatchValidator.CheckBatch(bytes.Span, origin, config, out var batch) is { } refused) return refused;

        var type = (CompressionType)batch.Attributes.Compression;
        using var unpacked = new BoundedBuffer(maxUnpackedBytes);
        var records = bytes[RecordBatch.HeaderLength..];
        if (type != CompressionType.None)
        {
            try
            {
                Codec.Decompress(type, records, unpacked);
            }
            catch (CompressionException e) when (!e.IsTooMuch || maxUnpackedBytes == BatchValidator.MaxUnpackedBytes)
            {
                return BatchValidator.Invalid(e.Message);
            }

            records = unpacked.Written;
        }

        if (BatchValidator.CheckRecords(batch, records.Span, config, nowMs, out var maxTimestamp) is { } wrong) return wrong;

        bytes.Span[..RecordBatch.HeaderLength].CopyTo(header);
        var target = config.Compression is { } wanted && !batch.Attributes.IsControl ? wanted : type;
        var attributes = batch.Attributes.WithLogAppendTime(config.UsesLogAppendTime).WithCompression((int)target);
        var kept = config.UsesLogAppendTime ? nowMs : maxTimestamp;
        var repacked = target == type ? null : Repack(target, records.Span);
        var body = repacked is null ? bytes.Span[RecordBatch.HeaderLength..] : repacked.WrittenSpan;
        if (BatchValidator.CheckSize(RecordBatch.HeaderLength + body.Length, origin, config) is { } tooLarge) return tooLarge;
        if (attributes != batch.Attributes || kept != batch.MaxTimestamp)
        {
            RecordBatchHeader.SetLength(header, RecordBatch.HeaderLength + body.Length);
            RecordBatchHeader.SetAttributes(header, attributes);
            RecordBatchHeader.SetMaxTimestamp(header, kept);
            RecordBatchHeader.SetCrc(header, body);
        }

        prepared = new(header, body);
        return null;
    }

    private static ArrayBufferWriter<byte> Repack(CompressionType target, ReadOnlySpan<byte> records)
    {
        var packed = new ArrayBufferWriter<byte>(Math.Max(records.Length / 2, 256));
        Codec.Compress(target, records, packed);
        return packed;
    }
}
