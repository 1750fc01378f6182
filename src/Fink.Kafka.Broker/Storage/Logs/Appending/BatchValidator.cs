using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Broker.Storage.Logs.Producers;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs.Appending;

/// <summary>Is a batch what a producer may send? Kafka's rules and error codes.</summary>
internal static class BatchValidator
{
    /// <summary>Compressed records may not unpack to more than this: a small batch must not fill the memory.</summary>
    public const int MaxUnpackedBytes = 128 * 1024 * 1024;

    /// <summary>Those that unpack to more are unpacked one at a time, or many small batches together would fill the memory.</summary>
    public const int MaxUnpackedBesideOthers = 8 * 1024 * 1024;

    /// <summary>What the header and the bytes as a whole say. Null: nothing is wrong.</summary>
    public static AppendResult? CheckBatch(
        ReadOnlySpan<byte> bytes, AppendOrigin origin, LogConfig config, out RecordBatch batch)
    {
        if (!RecordBatch.TryReadHeader(bytes, out batch))
        {
            return bytes.Length > 16 && bytes[16] < RecordBatch.CurrentMagic
                ? Invalid("The batch is of an older format than 2.")
                : Corrupt("The bytes are no record batch.");
        }

        if (!batch.IsWhole) return Corrupt($"The batch says it has {batch.SizeInBytes} bytes, but {bytes.Length} were sent.");
        if (batch.SizeInBytes < bytes.Length) return Invalid("A partition takes exactly one batch in a request.");
        if (batch.BaseOffset != 0) return Invalid($"The batch's first offset has to be 0 and is {batch.BaseOffset}.");
        if (CheckSize(batch.SizeInBytes, origin, config) is { } tooLarge) return tooLarge;

        return batch.HasSoundCrc ? CheckHeader(batch, origin) : Corrupt("The batch's checksum differs from its bytes'.");
    }

    /// <summary>Of a batch as it is sent, and again as it is kept where the topic's compression is another.</summary>
    public static AppendResult? CheckSize(int size, AppendOrigin origin, LogConfig config)
    {
        if (size > config.MaxMessageBytes && origin == AppendOrigin.Client)
        {
            return new AppendResult(ErrorCode.MessageTooLarge)
            {
                Message = $"The batch has {size} bytes; max.message.bytes is {config.MaxMessageBytes}.",
            };
        }

        return size <= config.SegmentBytes
            ? null
            : new AppendResult(ErrorCode.RecordListTooLarge)
            {
                Message = $"The batch has {size} bytes; segment.bytes is {config.SegmentBytes}.",
            };
    }

    private static AppendResult? CheckHeader(in RecordBatch batch, AppendOrigin origin)
    {
        var attributes = batch.Attributes;
        if (batch.RecordCount <= 0 || batch.LastOffsetDelta != batch.RecordCount - 1)
        {
            return Invalid(
                $"The batch has {batch.RecordCount} records, but its last offset is {batch.LastOffsetDelta} after its first.");
        }

        if (attributes.Compression > (int)CompressionType.Zstd)
        {
            return Invalid($"There is no compression type {attributes.Compression}.");
        }

        if (origin == AppendOrigin.Client && attributes.IsControl) return Invalid("Clients cannot write control records.");
        if (attributes.IsControl && !TransactionMarker.TryRead(batch, out _)) return Invalid("The marker is not one.");
        if (attributes.IsTransactional && !batch.HasProducer) return Invalid("A transactional batch needs a producer id.");
        if (!batch.HasProducer || attributes.IsControl) return null;

        return batch.BaseSequence < 0 || batch.ProducerEpoch < 0
            ? Invalid($"Producer {batch.ProducerId} sent sequence {batch.BaseSequence} with epoch {batch.ProducerEpoch}.")
            : null;
    }

    /// <summary>What each record is. Null: nothing is wrong.</summary>
    /// <param name="unpacked">The batch's records, uncompressed.</param>
    /// <param name="maxTimestamp">The greatest time of the records; -1 for none.</param>
    public static AppendResult? CheckRecords(
        in RecordBatch batch, ReadOnlySpan<byte> unpacked, LogConfig config, long nowMs, out long maxTimestamp)
    {
        maxTimestamp = -1;
        List<RecordError>? errors = null;
        var code = ErrorCode.InvalidRecord;
        var isLimited = !config.UsesLogAppendTime
            && (config.TimestampBeforeMaxMs != long.MaxValue || config.TimestampAfterMaxMs != long.MaxValue);
        var reader = new RecordReader(unpacked, batch.RecordCount);
        for (var index = 0; reader.TryRead(out var record); index++)
        {
            if (record.OffsetDelta != index)
            {
                return Invalid($"Record {index} has offset {record.OffsetDelta} in its batch; offsets have to be consecutive.");
            }

            if (config.IsCompacted && !record.HasKey && !batch.Attributes.IsControl)
            {
                (errors ??= []).Add(new(index, "Compacted topic cannot accept message without key."));
            }

            var timestamp = batch.BaseTimestamp + record.TimestampDelta;
            maxTimestamp = Math.Max(maxTimestamp, timestamp);
            if (isLimited && !IsInTime(timestamp, config, nowMs))
            {
                code = ErrorCode.InvalidTimestamp;
                (errors ??= []).Add(new(index, $"Timestamp {timestamp} is out of range: the broker's time is {nowMs}."));
            }
        }

        if (!reader.IsExhausted) return Invalid($"The batch's bytes are not the {batch.RecordCount} records that it names.");

        return errors is null
            ? null
            : new AppendResult(code) { Message = "One or more records have been rejected.", RecordErrors = errors };
    }

    public static AppendResult Invalid(string message) => new(ErrorCode.InvalidRecord) { Message = message };

    private static AppendResult Corrupt(string message) => new(ErrorCode.CorruptMessage) { Message = message };

    private static bool IsInTime(long timestamp, LogConfig config, long nowMs) =>
        timestamp < 0
        || ((timestamp >= nowMs || nowMs - timestamp <= config.TimestampBeforeMaxMs)
            && (timestamp <= nowMs || timestamp - nowMs <= config.TimestampAfterMaxMs));
}
