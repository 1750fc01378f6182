using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>
/// Frames of a connection, one at a time. A frame's memory grows with the bytes that have come, never by what its length claims.
/// </summary>
/// <param name="patience">Told what is waited for: room in the budget, which is not the client's doing, and then the bytes.</param>
internal sealed class FrameReader(PipeReader input, MemoryBudget budget, Patience patience) : IDisposable
{
    private const int FirstSize = 64 * 1024;
    private const int Growth = 4;

    private byte[] _buffer = [];
    private int _counted;

    /// <summary>
    /// The next frame without its length, valid until <see cref="Release"/>; null at the end of the stream, also in the middle of a
    /// frame.
    /// </summary>
    /// <param name="limit">In bytes.</param>
    /// <exception cref="MalformedMessageException">A length that is negative or beyond the limit.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        if (await ReadLengthAsync(cancellationToken) is not { } length) return null;
        if (length < 0 || length > limit)
        {
            throw new MalformedMessageException($"a request announces {length} bytes, at most {limit} are allowed");
        }

        patience.Rest();
        await budget.EnterAsync(length, cancellationToken);
        _counted = length;
        patience.WaitForBytes();
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(length, FirstSize));
        for (var filled = 0; filled < length;)
        {
            var result = await input.ReadAsync(cancellationToken);
            var bytes = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, length - filled));
            if (bytes.IsEmpty && result.IsCompleted) return null;

            Reserve(filled, filled + (int)bytes.Length, length);
            bytes.CopyTo(_buffer.AsSpan(filled));
            filled += (int)bytes.Length;
            patience.Came(bytes.Length);
            input.AdvanceTo(bytes.End);
        }

        return _buffer.AsMemory(0, length);
    }

    /// <summary>Gives the memory of the last frame back.</summary>
    public void Release()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        budget.Leave(_counted);
        _counted = 0;
    }

    /// <summary>Memory, in bytes, that is held for a frame.</summary>
    public int Held => _buffer.Length;

    public void Dispose() => Release();

    private async ValueTask<int?> ReadLengthAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            if (result.Buffer.Length >= Frame.LengthSize)
            {
                var length = LengthOf(result.Buffer);
                input.AdvanceTo(result.Buffer.GetPosition(Frame.LengthSize));
                return length;
            }

            if (result.IsCompleted) return null;
            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static int LengthOf(ReadOnlySequence<byte> bytes)
    {
        Span<byte> length = stackalloc byte[Frame.LengthSize];
        bytes.Slice(0, Frame.LengthSize).CopyTo(length);
        return BinaryPrimitives.ReadInt32BigEndian(length);
    }

    private void Reserve(int filled, int needed, int length)
    {
        if (needed <= _buffer.Length) return;

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Clamp((long)_buffer.Length * Growth, needed, Math.Max(needed, length)));
        _buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
