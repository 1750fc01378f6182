using System.Buffers.Binary;
using System.Security.Cryptography;
using Fink.Avro.Encoding;

namespace Fink.Avro.Framing;

/// <summary>
/// What stands around a datum in a message's value. Made once a schema; wrapping a datum copies no datum and allocates nothing:
/// room is left before it is encoded, and filled once its length is known.
/// </summary>
public sealed class DatumFrame
{
    private const int MarkerBytes = 16;

    /// <summary>A block starts with its number of datums, here one, and its length, an int of at most five bytes.</summary>
    private const int LongestBlockHead = 1 + 5;

    /// <summary>One as Avro's long.</summary>
    private const byte One = 0x02;

    private readonly byte[] _head;
    private readonly byte[] _tail;
    private readonly bool _isBlock;

    private DatumFrame(byte[] head, byte[] tail, bool isBlock) => (_head, _tail, _isBlock) = (head, tail, isBlock);

    /// <summary>Nothing: the value is the datum.</summary>
    public static DatumFrame None { get; } = new([], [], isBlock: false);

    /// <summary>The wire format of Confluent's serializers: a zero byte, the schema's id in four bytes, highest first, the datum.</summary>
    public static DatumFrame Confluent(int schemaId)
    {
        var head = new byte[1 + sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), schemaId);
        return new DatumFrame(head, [], isBlock: false);
    }

    /// <summary>
    /// An object container file of one datum in one block, codec null. Its sync marker comes from the schema, so that the same
    /// alert is the same bytes.
    /// </summary>
    public static DatumFrame ContainerFile(AlertSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        using var buffer = new AvroBuffer();
        foreach (var magic in "Obj\u0001"u8)
        {
            buffer.WriteByte(magic);
        }

        buffer.WriteLong(2);
        buffer.WriteBytes("avro.schema"u8);
        buffer.WriteBytes(schema.Json);
        buffer.WriteBytes("avro.codec"u8);
        buffer.WriteBytes("null"u8);
        buffer.WriteLong(0);
        var marker = SHA256.HashData(schema.Json)[..MarkerBytes];
        return new DatumFrame([.. buffer.Written, .. marker], marker, isBlock: true);
    }

    /// <summary>Leaves room in front of the datum that is written next.</summary>
    public void Open(AvroBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        buffer.Skip(_head.Length + (_isBlock ? LongestBlockHead : 0));
    }

    /// <summary>Wraps the datum that was written last, behind <see cref="Open"/>.</summary>
    /// <param name="buffer">Where it is.</param>
    /// <param name="datum">Where it starts.</param>
    /// <returns>Where the value starts; it ends where the buffer does.</returns>
    public int Close(AvroBuffer buffer, int datum)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        var start = datum - _head.Length;
        if (_isBlock)
        {
            Span<byte> block = stackalloc byte[LongestBlockHead];
            block[0] = One;
            block = block[..(1 + WriteLength(buffer.Length - datum, block[1..]))];
            buffer.Overwrite(datum - block.Length, block);
            start -= block.Length;
        }

        buffer.Overwrite(start, _head);
        buffer.Append(_tail);
        return start;
    }

    /// <summary>Avro's long: zigzag, then 7 bits a byte, lowest first. Returns how many bytes it takes.</summary>
    private static int WriteLength(int length, Span<byte> into)
    {
        var zigzag = (ulong)length << 1;
        var written = 0;
        for (; zigzag >= 0x80; zigzag >>= 7)
        {
            into[written++] = (byte)(zigzag | 0x80);
        }

        into[written++] = (byte)zigzag;
        return written;
    }
}
