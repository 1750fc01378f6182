using Fink.ScienceDb.Columns;

namespace Fink.Avro.Encoding;

/// <summary>How a value of a column is written, without the union around it. Implemented by structs, so that it is inlined.</summary>
internal interface IScalarFormat
{
    static abstract void Write(ColumnVector vector, long row, AvroBuffer buffer);
}

/// <summary>A nullable scalar.</summary>
internal sealed class ScalarEncoder<TFormat> : ValueEncoder
    where TFormat : struct, IScalarFormat
{
    private ColumnVector _vector;

    public override void Bind(ColumnVector vector) => _vector = vector;

    public override void Encode(long row, AvroBuffer buffer)
    {
        if (_vector.IsNull(row))
        {
            buffer.WriteByte(NullBranch);
            return;
        }

        buffer.WriteByte(ValueBranch);
        TFormat.Write(_vector, row, buffer);
    }
}

internal readonly struct BooleanFormat : IScalarFormat
{
    public static void Write(ColumnVector vector, long row, AvroBuffer buffer) =>
        buffer.WriteByte(vector.Value<byte>(row) == 0 ? (byte)0 : (byte)1);
}

/// <summary>int and long, from any integer that fits a long.</summary>
internal readonly struct IntegerFormat<T> : IScalarFormat
    where T : unmanaged, System.Numerics.IBinaryInteger<T>
{
    public static void Write(ColumnVector vector, long row, AvroBuffer buffer) =>
        buffer.WriteLong(long.CreateTruncating(vector.Value<T>(row)));
}

/// <summary>float and double.</summary>
internal readonly struct RawFormat<T> : IScalarFormat
    where T : unmanaged
{
    public static void Write(ColumnVector vector, long row, AvroBuffer buffer) => buffer.WriteRaw(vector.Value<T>(row));
}

/// <summary>string and bytes.</summary>
internal readonly struct BytesFormat : IScalarFormat
{
    public static void Write(ColumnVector vector, long row, AvroBuffer buffer) => buffer.WriteBytes(vector.Bytes(row));
}

/// <summary>
/// DuckDB keeps a UUID as a 128-bit integer whose highest bit is flipped, so that integers sort as the text does.
/// </summary>
internal readonly struct UuidFormat : IScalarFormat
{
    public static void Write(ColumnVector vector, long row, AvroBuffer buffer)
    {
        var flipped = (UInt128)vector.Value<Int128>(row) ^ (UInt128.One << 127);
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, flipped);
        Span<byte> text = stackalloc byte[36];
        new Guid(bytes, bigEndian: true).TryFormat(text, out var length);
        buffer.WriteBytes(text[..length]);
    }
}

/// <summary>A decimal's unscaled value, two's complement, big-endian, in as few bytes as hold it.</summary>
internal readonly struct DecimalFormat<T> : IScalarFormat
    where T : unmanaged, System.Numerics.IBinaryInteger<T>
{
    public static void Write(ColumnVector vector, long row, AvroBuffer buffer)
    {
        var value = Int128.CreateTruncating(vector.Value<T>(row));
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt128BigEndian(bytes, value);
        var sign = value < 0 ? (byte)0xff : (byte)0;
        var first = 0;
        while (first < 15 && bytes[first] == sign && ((bytes[first + 1] ^ sign) & 0x80) == 0)
        {
            first++;
        }

        buffer.WriteBytes(bytes[first..]);
    }
}
