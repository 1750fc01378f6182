using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Fink.Kafka.Broker.Storage.Journals;

/// <summary>Writes a record's payload: big-endian numbers, int32 lengths, -1 for null.</summary>
internal sealed class PayloadWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Reset() => _buffer.ResetWrittenCount();

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>16 bytes, in the order in which an id is written.</summary>
    public void Id(Guid value)
    {
        value.TryWriteBytes(_buffer.GetSpan(16), bigEndian: true, out var length);
        _buffer.Advance(length);
    }

    public void Time(DateTimeOffset value) => Int64(value.ToUnixTimeMilliseconds());

    public void Duration(TimeSpan value) => Int64((long)value.TotalMilliseconds);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        _buffer.Write(value);
    }

    public void String(string? value)
    {
        if (value is null)
        {
            Int32(-1);
            return;
        }
        var length = Encoding.UTF8.GetByteCount(value);
        Int32(length);
        Encoding.UTF8.GetBytes(value, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }
}
