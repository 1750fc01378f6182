using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Broker.Storage.Logs.Segments;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>
/// Reads one segment outside the log's lock, up to where it ended when the reader was made: what is before does not change.
/// </summary>
/// <param name="File">The segment's, opened under the lock.</param>
internal readonly record struct LogReader(Segment Segment, SharedFile File, long End, long LimitOffset)
{
    /// <exception cref="IOException">The segment cannot be opened.</exception>
    public static LogReader Of(Segment segment, long limit) => new(segment, segment.File, segment.Length, limit);

    /// <summary>Where the batches are from the one that holds the offset on, whole, below the limit. No length where there is none to give.</summary>
    /// <exception cref="StorageException">The segment is damaged there.</exception>
    public (long Start, int Length) Find(long offset, int maxBytes, bool atLeastOneBatch)
    {
        using var walker = new BatchWalker(File, Segment.PositionFor(offset), End, WalkDepth.Headers);
        if (!TryFindBatch(walker, offset, out var start)) return default;

        var first = walker.Position - start;
        var most = Math.Max(maxBytes, atLeastOneBatch ? first : 0);
        if (first > most) return default;

        var end = LastEnd(walker, start + most);
        if (start < Segment.CheckedFrom) Check(start, Math.Min(end, Segment.CheckedFrom));
        return (start, (int)(end - start));
    }

    /// <summary>The first record at or after a time, with an offset of at least <paramref name="from"/>.</summary>
    /// <param name="maxUnpackedBytes">Of one batch's compressed records.</param>
    /// <exception cref="CompressionException">A batch unpacks to more.</exception>
    public TimestampedOffset? FindTimestamp(long timestamp, long from, int maxUnpackedBytes)
    {
        // What was appended since is in the index, and not in this stretch.
        var start = Math.Min(Segment.PositionForTimestamp(timestamp), End);
        using var walker = new BatchWalker(File, start, End, WalkDepth.WholeBatches);
        while (walker.TryNext(out var batch))
        {
            if (batch.BaseOffset >= LimitOffset) return null;
            if (batch.MaxTimestamp < timestamp || batch.LastOffset < from) continue;
            if (FirstAtOrAfter(batch, timestamp, from, maxUnpackedBytes) is { } found) return found;
        }

        return walker.IsAtEnd ? null : throw Segment.Damage(walker.Position);
    }

    /// <summary>The greatest time of the batches that reach beyond an offset; -1 for none.</summary>
    public long MaxTimestampFrom(long offset)
    {
        var greatest = -1L;
        using var walker = new BatchWalker(File, Segment.PositionFor(offset), End, WalkDepth.Headers);
        while (walker.TryNext(out var batch))
        {
            if (batch.LastOffset >= offset) greatest = Math.Max(greatest, batch.MaxTimestamp);
        }

        return walker.IsAtEnd ? greatest : throw Segment.Damage(walker.Position);
    }

    /// <summary>What is before the end was in the file: one that has less is damaged, and a reader would wait for the rest for ever.</summary>
    /// <exception cref="StorageException">The file has less.</exception>
    public void Fill(long position, Span<byte> bytes)
    {
        var read = File.ReadAt(position, bytes);
        if (read < bytes.Length) throw Segment.Damage(position + read);
    }

    /// <summary>
    /// Walks to behind the batch with the offset. Offsets have no gaps, and are outside a batch's checksum: one that begins after what is
    /// looked for is damaged, and a reader would skip what it holds, or wait for it for ever.
    /// </summary>
    /// <returns>False where it is not in the segment, or not below the limit.</returns>
    private bool TryFindBatch(BatchWalker walker, long offset, out long start)
    {
        for (start = walker.Position; walker.TryNext(out var batch); start = walker.Position)
        {
            if (batch.LastOffset < offset) continue;
            if (batch.BaseOffset > offset) throw Segment.Damage(start);

            return batch.BaseOffset < LimitOffset;
        }

        return walker.IsAtEnd ? false : throw Segment.Damage(walker.Position);
    }

    /// <summary>Behind the last batch that ends at or before a position and is below the limit; the walker is behind one that is.</summary>
    private long LastEnd(BatchWalker walker, long position)
    {
        walker.SkipTo(Segment.PositionBefore(Math.Min(position, End), LimitOffset));
        while (true)
        {
            var end = walker.Position;
            if (!walker.TryNext(out var batch)) return walker.IsAtEnd ? end : throw Segment.Damage(end);
            if (batch.BaseOffset >= LimitOffset || walker.Position > position) return end;
        }
    }

    /// <summary>Batches that this process has neither written nor checked.</summary>
    private void Check(long start, long end)
    {
        using var walker = new BatchWalker(File, start, end, WalkDepth.WholeBatches);
        long? next = null;
        for (var at = start; walker.TryNext(out var batch); at = walker.Position)
        {
            if ((next ?? batch.BaseOffset) != batch.BaseOffset || !batch.HasSoundCrc) throw Segment.Damage(at);

            next = batch.NextOffset;
        }

        if (!walker.IsAtEnd) throw Segment.Damage(walker.Position);
    }

    private static TimestampedOffset? FirstAtOrAfter(in RecordBatch batch, long timestamp, long from, int maxUnpackedBytes)
    {
        if (batch.Attributes.HasLogAppendTime)
        {
            return new(ErrorCode.None, Math.Max(batch.BaseOffset, from), batch.MaxTimestamp, batch.PartitionLeaderEpoch);
        }

        if (!batch.Attributes.IsCompressed) return FirstAtOrAfter(batch, batch.Records, timestamp, from);

        using var unpacked = new BoundedBuffer(maxUnpackedBytes);
        Codec.Decompress((CompressionType)batch.Attributes.Compression, batch.Records.ToArray(), unpacked);
        return FirstAtOrAfter(batch, unpacked.Written.Span, timestamp, from);
    }

    private static TimestampedOffset? FirstAtOrAfter(
        in RecordBatch batch, ReadOnlySpan<byte> records, long timestamp, long from)
    {
        var reader = new RecordReader(records, batch.RecordCount);
        while (reader.TryRead(out var record))
        {
            var time = batch.BaseTimestamp + record.TimestampDelta;
            var offset = batch.BaseOffset + record.OffsetDelta;
            if (time >= timestamp && offset >= from) return new(ErrorCode.None, offset, time, batch.PartitionLeaderEpoch);
        }

        return null;
    }
}
