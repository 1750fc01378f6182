using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Fink.Client.Plans;

/// <summary>
/// A place in a bare Avro datum. Lengths are checked against what is left before they are used; what is not there is a
/// <see cref="CorruptDatumException"/>.
/// </summary>
internal ref struct DatumCursor(ReadOnlySpan<byte> datum, int at)
{
    // Records, lists and maps in each other: a recursive type could else take the stack.
    private const int Deepest = 200;

    private readonly ReadOnlySpan<byte> _datum = datum;
    private int _depth;

    public int At { get; private set; } = at;

    public readonly int Left => _datum.Length - At;

    public void Skip(int length)
    {
        if ((uint)length > (uint)Left)
        {
            CorruptDatumException.ThrowCutOff(At);
        }

        At += length;
    }

    public void Enter()
    {
        if (++_depth > Deepest)
        {
            CorruptDatumException.ThrowTooDeep(At);
        }
    }

    public void Leave() => _depth--;

    /// <summary>Zig-zag, seven bits a byte, the lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadLong()
    {
        // Branches of unions, short lengths and small numbers: nearly all of them are one byte.
        if ((uint)At < (uint)_datum.Length && _datum[At] is < 0x80 and var small)
        {
            At++;
            return (small >> 1) ^ -(small & 1);
        }

        return ReadLongerLong();
    }

    public int ReadInt()
    {
        var start = At;
        var value = ReadLong();
        if (value != (int)value)
        {
            CorruptDatumException.ThrowBadInteger(start);
        }

        return (int)value;
    }

    public bool ReadBoolean()
    {
        var value = Take(1)[0];
        if (value > 1)
        {
            CorruptDatumException.ThrowBadBoolean(At - 1);
        }

        return value == 1;
    }

    public float ReadSingle() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>The length of a text or of bytes, which are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadLength()
    {
        var length = ReadLong();
        if ((ulong)length > (ulong)Left)
        {
            CorruptDatumException.ThrowCutOff(At);
        }

        return (int)length;
    }

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadLength());

    public ReadOnlySpan<byte> Take(int length)
    {
        var start = At;
        Skip(length);
        return _datum.Slice(start, length);
    }

    /// <summary>The number of items in the next block of an array or a map; 0 at its end.</summary>
    public long ReadBlock()
    {
        var start = At;
        var count = ReadLong();
        if (count < 0)
        {
            // A negative count is followed by the block's size in bytes, for who does not want to look into it.
            ReadLength();
            count = -count;
            if (count < 0)
            {
                CorruptDatumException.ThrowBadCount(count, start);
            }
        }

        return count;
    }

    private long ReadLongerLong()
    {
        var start = At;
        ulong bits = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            bits |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)(bits >> 1) ^ -(long)(bits & 1);
            }
        }

        CorruptDatumException.ThrowBadInteger(start);
        return 0;
    }
}
