using System.Buffers.Binary;
using System.Text;

namespace Fink.Kafka.Broker.Storage.Journals;

/// <summary>Reads what <see cref="PayloadWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">The payload ends early: it is not one of ours, whatever its checksum says.</exception>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public double Double() => BitConverter.Int64BitsToDouble(Int64());

    public bool Boolean() => Byte() != 0;

    public Guid Id() => new(Take(16), bigEndian: true);

    public DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(Int64());

    public TimeSpan Duration() => TimeSpan.FromMilliseconds(Int64());

    public byte[] Bytes() => Take(Int32()).ToArray();

    public string? NullableString() => Int32() is var length and not -1 ? Encoding.UTF8.GetString(Take(length)) : null;

    public string String() =>
        NullableString() ?? throw new InvalidDataException("A record of a journal lacks a name.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _rest.Length)
        {
            throw new InvalidDataException("A record of a journal ends before its fields do.");
        }
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
