using System.Buffers;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs.Segments;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs.Recovery;

/// <summary>
/// What follows the last sound batch of an active segment and must go. A batch that was begun and not ended, or zeros, is what a
/// crash leaves: nobody was told that it is there. Anything else may hold sound batches behind a bad one, and is kept in a file
/// beside the segment, BASE.log.cut-OFFSET, which the broker never reads or deletes but with its topic.
/// </summary>
internal sealed class CutTail(IDisk disk, string folder, Segment active)
{
    private const int Chunk = 64 * 1024;

    /// <returns>What was kept, and where, for the report; null where there was nothing to keep.</returns>
    /// <exception cref="IOException">It could not be kept, and must not be cut.</exception>
    public string? KeepUnlessTorn(long offset, long fileLength)
    {
        var start = active.Length;
        if (IsTorn(offset, fileLength) || IsZero(start, fileLength)) return null;

        var path = FreePath.For(disk, $"{active.Path}.cut-{Segment.NameOf(offset)}");
        Copy(start, fileLength, path);
        disk.FlushFolder(folder);
        return $"begin with no sound record batch (at least {SoundBatchesBehind(start, fileLength)} sound ones follow), were kept in {path} and";
    }

    /// <summary>A batch for the offset whose length goes beyond the end of the file, or not even a header.</summary>
    private bool IsTorn(long offset, long fileLength)
    {
        var left = fileLength - active.Length;
        Span<byte> header = stackalloc byte[RecordBatch.HeaderLength];
        var read = active.File.ReadAt(active.Length, header[..(int)Math.Min(left, header.Length)]);
        if (read < RecordBatch.HeaderLength) return true;

        return RecordBatch.TryReadHeader(header, out var batch) && batch.BaseOffset == offset && batch.SizeInBytes > left;
    }

    private bool IsZero(long start, long end)
    {
        var isZero = true;
        ForEachChunk(start, end, (_, chunk) => isZero &= !chunk.ContainsAnyExcept((byte)0));
        return isZero;
    }

    /// <summary>As far as lengths lead from one batch to the next.</summary>
    private int SoundBatchesBehind(long start, long end)
    {
        using var walker = new BatchWalker(active.File, start, end, WalkDepth.WholeBatches);
        var sound = 0;
        while (walker.TryNext(out var batch))
        {
            if (batch.HasSoundCrc) sound++;
        }

        return sound;
    }

    private void Copy(long start, long end, string path)
    {
        using var copy = disk.Open(path, DiskOpen.CreateOrReplace);
        ForEachChunk(start, end, (at, chunk) => copy.WriteAt(at - start, chunk));
        copy.Flush();
    }

    private void ForEachChunk(long start, long end, ChunkAction action)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            for (var at = start; at < end;)
            {
                var read = active.File.ReadAt(at, buffer.AsSpan(0, (int)Math.Min(Chunk, end - at)));
                if (read == 0) return;

                action(at, buffer.AsSpan(0, read));
                at += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private delegate void ChunkAction(long at, ReadOnlySpan<byte> chunk);
}
