using System.Buffers.Binary;
using System.Text;

namespace Fink.Kafka.Broker.Groups.Journalling;

/// <summary>Reads what <see cref="PayloadWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">The payload ends early: it is not one of ours, whatever its checksum says.</exception>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(Int64());

    public TimeSpan Duration() => TimeSpan.FromMilliseconds(Int64());

    public ReadOnlyMemory<byte> Bytes() => Take(Int32()).ToArray();

    public string? NullableString() => Int32() is var length and not -1 ? Encoding.UTF8.GetString(Take(length)) : null;

    public string String() =>
        NullableString() ?? throw new InvalidDataException("A record of the groups' journal lacks a name.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _rest.Length)
        {
            throw new InvalidDataException("A record of the groups' journal ends before its fields do.");
        }
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
