using System.Buffers;

namespace Fink.Kafka.Broker.Compression;

/// <summary>Pooled bytes that grow up to a limit, so that a small batch cannot unpack to all of the memory.</summary>
internal sealed class BoundedBuffer(int limit) : IBufferWriter<byte>, IDisposable
{
    private const int Smallest = 4096;

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
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _length) = ([], 0);
    }

    public CompressionException TooLarge(Exception? inner = null) =>
        new($"The records unpack to more than {limit} bytes.", inner);

    private void Grow(int sizeHint)
    {
        var wanted = Math.Max((long)_length + Math.Max(sizeHint, 1), Math.Min(2L * _bytes.Length, limit));
        var grown = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(wanted, Smallest), Array.MaxLength));
        _bytes.AsSpan(0, _length).CopyTo(grown);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = grown;
    }
}
