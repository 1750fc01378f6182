using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fink.Avro.Encoding;

/// <summary>
/// A growing run of native memory that alerts are encoded into, one behind the other. It never shrinks; clearing it keeps
/// its memory for the next. Not for use by two threads at once.
/// </summary>
public sealed unsafe class AvroBuffer : IDisposable
{
    private const int FirstCapacity = 64 * 1024;
    private const int LongestVarint = 10;

    private byte* _start;
    private byte* _at;
    private byte* _end;

    public AvroBuffer()
    {
        _start = (byte*)NativeMemory.Alloc(FirstCapacity);
        _at = _start;
        _end = _start + FirstCapacity;
    }

    /// <summary>Bytes written since it was cleared.</summary>
    public int Length => (int)(_at - _start);

    public int Capacity => (int)(_end - _start);

    /// <summary>The bytes written. Valid until something more is written.</summary>
    public ReadOnlySpan<byte> Written => new(_start, Length);

    /// <summary>Where the bytes are. Valid until something more is written.</summary>
    public byte* Start => _start;

    public void Clear() => _at = _start;

    /// <summary>Appends once more what was written before.</summary>
    /// <param name="start">Where it starts.</param>
    /// <param name="length">How many bytes it has.</param>
    public void AppendAgain(int start, int length)
    {
        Ensure(length);
        new ReadOnlySpan<byte>(_start + start, length).CopyTo(new Span<byte>(_at, length));
        _at += length;
    }

    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = _at = _end = null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteByte(byte value)
    {
        Ensure(1);
        *_at++ = value;
    }

    /// <summary>Avro's int and long: zigzag, then 7 bits a byte, lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteLong(long value)
    {
        Ensure(LongestVarint);
        var zigzag = (ulong)((value << 1) ^ (value >> 63));
        var at = _at;
        while (zigzag >= 0x80)
        {
            *at++ = (byte)(zigzag | 0x80);
            zigzag >>= 7;
        }

        *at++ = (byte)zigzag;
        _at = at;
    }

    /// <summary>A fixed-size value as it lies in memory (little-endian, as Avro's float and double are).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteRaw<T>(T value)
        where T : unmanaged
    {
        Ensure(sizeof(T));
        Unsafe.WriteUnaligned(_at, value);
        _at += sizeof(T);
    }

    internal void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteLong(bytes.Length);
        Append(bytes);
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(new Span<byte>(_at, bytes.Length));
        _at += bytes.Length;
    }

    /// <summary>Leaves bytes as they are, for <see cref="Overwrite"/>.</summary>
    internal void Skip(int bytes)
    {
        Ensure(bytes);
        _at += bytes;
    }

    internal void Overwrite(int start, ReadOnlySpan<byte> bytes) => bytes.CopyTo(new Span<byte>(_start + start, bytes.Length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int bytes)
    {
        if (_end - _at < bytes)
        {
            Grow(bytes);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int bytes)
    {
        var length = Length;
        var capacity = checked(Math.Max(Capacity * 2, length + bytes));
        _start = (byte*)NativeMemory.Realloc(_start, (nuint)capacity);
        _at = _start + length;
        _end = _start + capacity;
    }
}
