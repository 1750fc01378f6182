using System.Buffers;

namespace Fink.Kafka.Broker.Compression;

/// <summary>Pooled bytes that grow up to a limit, so that a small batch cannot unpack to all of the memory.</summary>
internal sealed class BoundedBuffer(int limit) : IBufferWriter<byte>, IDisposable
{
    private const int LargestShared = 8 * 1024 * 1024;
    private const int Smallest = 4096;

    /// <summary>Keeps one of each size. The shared pool would keep one of each for every thread, for as long as the broker rests.</summary>
    private static readonly ArrayPool<byte> Large = ArrayPool<byte>.Create(int.MaxValue, maxArraysPerBucket: 1);

    private byte[] _bytes = [];
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>How many bytes there is still room for.</summary>
    public int Left => limit - _length;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > Left) throw TooLarge();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _length);
        _length += count;
    }

    /// <summary>At least as many bytes as asked for, even beyond the limit: codecs ask for more than they then use.</summary>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_bytes.Length - _length < Math.Max(sizeHint, 1)) Grow(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        LetGo();
        (_bytes, _length) = ([], 0);
    }

    public CompressionException TooLarge(Exception? inner = null) =>
        new($"The records unpack to more than {limit} bytes.", inner) { IsTooMuch = true };

    private void Grow(int sizeHint)
    {
        var wanted = Math.Max((long)_length + Math.Max(sizeHint, 1), Math.Min(2L * _bytes.Length, limit));
        var size = (int)Math.Min(Math.Max(wanted, Smallest), Array.MaxLength);
        var grown = PoolOf(size).Rent(size);
        _bytes.AsSpan(0, _length).CopyTo(grown);
        LetGo();
        _bytes = grown;
    }

    private void LetGo()
    {
        if (_bytes.Length > 0) PoolOf(_bytes.Length).Return(_bytes);
    }

    private static ArrayPool<byte> PoolOf(int size) => size > LargestShared ? Large : ArrayPool<byte>.Shared;
}
