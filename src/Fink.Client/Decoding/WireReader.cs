using System.Buffers.Binary;
using System.Text;
using Confluent.Kafka;
using Fink.Client.Files;
using Fink.Client.Plans;

namespace Fink.Client.Decoding;

/// <summary>Finds the datum in a message's value, and its schema. Nothing is copied: the datum is a stretch of the value.</summary>
/// <param name="told">The form of every message; null: the one that its header names, else bare.</param>
internal sealed class WireReader(AlertSchemas given, WireForm? told)
{
    private const int PrefixBytes = 1 + sizeof(int);

    private readonly SchemaCache _schemas = new(given);

    /// <exception cref="FormatException">The value is not of the form, or there is no schema for it.</exception>
    /// <exception cref="CorruptDatumException">The value ends too early.</exception>
    public (AlertSchema Schema, ReadOnlyMemory<byte> Datum) Read(Message<byte[]?, byte[]?> message)
    {
        var value = message.Value ?? throw new FormatException("the message has no value");
        return (told ?? FormOf(message.Headers)) switch
        {
            WireForm.Confluent => ReadPrefixed(message, value),
            WireForm.Ocf => ReadFile(value),
            _ => (_schemas.For(message.Key, message.Headers), value),
        };
    }

    private static WireForm FormOf(Headers? headers) => MessageHeaders.Text(headers, "wire") switch
    {
        null or "bare" => WireForm.Bare,
        "confluent" => WireForm.Confluent,
        "ocf" => WireForm.Ocf,
        var other => throw new FormatException($"its header wire says '{other}', which is none of bare, confluent and ocf"),
    };

    private (AlertSchema Schema, ReadOnlyMemory<byte> Datum) ReadPrefixed(Message<byte[]?, byte[]?> message, byte[] value)
    {
        if (value.Length < PrefixBytes || value[0] != 0)
        {
            throw new FormatException("the value does not begin with a zero byte and the id of a schema, as Confluent's form does");
        }

        var id = BinaryPrimitives.ReadInt32BigEndian(value.AsSpan(1));
        return (_schemas.For(message.Key, message.Headers, id), value.AsMemory(PrefixBytes));
    }

    private (AlertSchema Schema, ReadOnlyMemory<byte> Datum) ReadFile(byte[] value)
    {
        var cursor = new DatumCursor(value, 0);
        if (!cursor.Take(ContainerFormat.Magic.Length).SequenceEqual(ContainerFormat.Magic))
        {
            throw new FormatException("the value is no Avro container file");
        }

        ReadOnlySpan<byte> schema = [];
        for (var entries = cursor.ReadBlock(); entries > 0; entries = cursor.ReadBlock())
        {
            for (; entries > 0; entries--)
            {
                var name = cursor.ReadBytes();
                var content = cursor.ReadBytes();
                if (name.SequenceEqual(ContainerFormat.SchemaName))
                {
                    schema = content;
                }
                else if (name.SequenceEqual(ContainerFormat.CodecName) && !content.SequenceEqual(ContainerFormat.NullCodec))
                {
                    throw new FormatException($"the container file is compressed ({Encoding.UTF8.GetString(content)}), which is not read");
                }
            }
        }

        var marker = cursor.Take(ContainerFormat.SyncSize);
        if (cursor.ReadLong() != 1)
        {
            throw new FormatException("the container file does not hold one alert");
        }

        var length = cursor.ReadLength();
        var start = cursor.At;
        cursor.Skip(length);
        if (!cursor.Take(ContainerFormat.SyncSize).SequenceEqual(marker) || cursor.Left > 0)
        {
            throw new FormatException("the container file does not end behind its one alert");
        }

        return (_schemas.OfText(schema), value.AsMemory(start, length));
    }
}
