using System.Buffers;
using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Broker.Storage.Logs.Segments;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>
/// Reads one segment outside the log's lock, up to where it ended when the reader was made: what is before does not change.
/// </summary>
/// <param name="File">The segment's, opened under the lock.</param>
internal readonly record struct LogReader(Segment Segment, IDiskFile File, long End, long LimitOffset)
{
    /// <summary>How far from an index entry a batch can begin; one read of this much more than asked for finds it.</summary>
    private const int Slack = 8 * 1024;

    /// <exception cref="IOException">The segment cannot be opened.</exception>
    public static LogReader Of(Segment segment, long limit) => new(segment, segment.File, segment.Length, limit);

    /// <summary>The batches from the one that holds the offset on, whole, below the limit.</summary>
    /// <returns>False where the segment holds nothing at or after the offset.</returns>
    /// <exception cref="StorageException">The segment is damaged there.</exception>
    public bool TryRead(long offset, int maxBytes, bool atLeastOneBatch, LogSlice into)
    {
        var start = Segment.PositionFor(offset);
        var wanted = Math.Min(End - start, (long)Math.Max(maxBytes, 0) + Slack);
        var buffer = ArrayPool<byte>.Shared.Rent((int)wanted);
        try
        {
            Fill(start, buffer.AsSpan(0, (int)wanted));
            if (!TryFind(offset, start, buffer.AsSpan(0, (int)wanted), out var at, out var firstSize)) return false;

            var length = (int)Math.Min(Math.Max(maxBytes, atLeastOneBatch ? firstSize : 0), End - at);
            var skip = at - start;
            if (skip + length > wanted)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = [];
                buffer = ArrayPool<byte>.Shared.Rent(length);
                Fill(at, buffer.AsSpan(0, length));
                skip = 0;
            }

            var whole = Trim(buffer.AsSpan((int)skip, length), at);
            // A fetch names any number of partitions: those that get nothing must not hold memory until its answer is sent.
            if (whole == 0) return true;

            into.Holding(buffer, (int)skip, whole);
            buffer = [];
            return true;
        }
        finally
        {
            if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The first record at or after a time, with an offset of at least <paramref name="from"/>.</summary>
    public TimestampedOffset? FindTimestamp(long timestamp, long from)
    {
        // What was appended since is in the index, and not in this stretch.
        var start = Math.Min(Segment.PositionForTimestamp(timestamp), End);
        using var walker = new BatchWalker(File, start, End, WalkDepth.WholeBatches);
        while (walker.TryNext(out var batch))
        {
            if (batch.BaseOffset >= LimitOffset) return null;
            if (batch.MaxTimestamp < timestamp || batch.LastOffset < from) continue;
            if (FirstAtOrAfter(batch, timestamp, from) is { } found) return found;
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
    private void Fill(long position, Span<byte> bytes)
    {
        var read = File.ReadAt(position, bytes);
        if (read < bytes.Length) throw Segment.Damage(position + read);
    }

    /// <summary>Walks through what was read until the batch with the offset, and on in the file if it is not there.</summary>
    private bool TryFind(long offset, long start, ReadOnlySpan<byte> there, out long at, out int size)
    {
        (at, size) = (start, 0);
        for (var rest = there; RecordBatch.TryReadHeader(rest, out var batch); rest = rest[size..])
        {
            size = batch.SizeInBytes;
            if (size > End - at) break;
            if (batch.LastOffset >= offset) return Holds(batch, offset, at);

            at += size;
            if (size > rest.Length) break;
        }

        using var walker = new BatchWalker(File, at, End, WalkDepth.Headers);
        while (walker.TryNext(out var batch))
        {
            size = batch.SizeInBytes;
            if (batch.LastOffset >= offset) return Holds(batch, offset, at);

            at = walker.Position;
        }

        return walker.IsAtEnd ? false : throw Segment.Damage(walker.Position);
    }

    /// <summary>
    /// Offsets have no gaps, and are outside a batch's checksum: one that begins after what is looked for is damaged, and a reader would
    /// skip what it holds, or wait for it for ever.
    /// </summary>
    private bool Holds(in RecordBatch batch, long offset, long position) =>
        batch.BaseOffset <= offset ? true : throw Segment.Damage(position);

    /// <summary>How many of the bytes are whole batches below the limit. Those that nobody has checked yet are checked.</summary>
    private int Trim(ReadOnlySpan<byte> bytes, long at)
    {
        var end = 0;
        long? next = null;
        while (RecordBatch.TryReadHeader(bytes[end..], out var batch) && batch.BaseOffset < LimitOffset)
        {
            if (batch.SizeInBytes > End - at - end) throw Segment.Damage(at + end);
            if (!batch.IsWhole) return end;
            if (at + end < Segment.CheckedFrom && ((next ?? batch.BaseOffset) != batch.BaseOffset || !batch.HasSoundCrc)) throw Segment.Damage(at + end);

            end += batch.SizeInBytes;
            next = batch.NextOffset;
        }

        return bytes.Length - end >= RecordBatch.HeaderLength && !RecordBatch.TryReadHeader(bytes[end..], out _)
            ? throw Segment.Damage(at + end)
            : end;
    }

    private static TimestampedOffset? FirstAtOrAfter(in RecordBatch batch, long timestamp, long from)
    {
        if (batch.Attributes.HasLogAppendTime)
        {
            return new(ErrorCode.None, Math.Max(batch.BaseOffset, from), batch.MaxTimestamp, batch.PartitionLeaderEpoch);
        }

        if (!batch.Attributes.IsCompressed) return FirstAtOrAfter(batch, batch.Records, timestamp, from);

        using var unpacked = new BoundedBuffer(BatchValidator.MaxUnpackedBytes);
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
