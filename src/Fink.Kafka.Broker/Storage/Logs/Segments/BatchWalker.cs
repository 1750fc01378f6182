using System.Buffers;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs.Segments;

/// <summary>Goes through a stretch of a segment, batch by batch, trusting no length beyond what is left of it.</summary>
internal sealed class BatchWalker(IDiskFile file, long start, long end, WalkDepth depth) : IDisposable
{
    private const int Chunk = 64 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Chunk);
    private long _bufferStart = start;
    private int _buffered;

    /// <summary>Where the next batch begins.</summary>
    public long Position { get; private set; } = start;

    public bool IsAtEnd => Position == end;

    /// <returns>False at the end and where no batch can begin: <see cref="IsAtEnd"/> tells which. The batch is valid until the next call.</returns>
    public bool TryNext(out RecordBatch batch)
    {
        var left = end - Position;
        if (!RecordBatch.TryReadHeader(Bytes(RecordBatch.HeaderLength, left), out batch) || batch.SizeInBytes > left)
        {
            batch = default;
            return false;
        }

        var size = batch.SizeInBytes;
        if (depth == WalkDepth.WholeBatches && !RecordBatch.TryRead(Bytes(size, left), out batch)) return false;

        Position += size;
        return true;
    }

    /// <summary>Goes on, never back, at a position where a batch begins.</summary>
    public void SkipTo(long position) => Position = Math.Max(Position, position);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>As many bytes from the position on; fewer where the file has no more.</summary>
    private ReadOnlySpan<byte> Bytes(int count, long left)
    {
        var skip = Position - _bufferStart;
        if (skip + count > _buffered)
        {
            Fill(count, left);
            skip = 0;
        }

        return _buffer.AsSpan((int)skip, Math.Min(count, _buffered - (int)skip));
    }

    private void Fill(int count, long left)
    {
        if (count > _buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _buffer = ArrayPool<byte>.Shared.Rent(count);
        }

        _bufferStart = Position;
        _buffered = file.ReadAt(Position, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, left)));
    }
}

internal enum WalkDepth
{
    Headers,
    WholeBatches,
}
