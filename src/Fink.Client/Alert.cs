using System.Runtime.InteropServices;
using Avro.Generic;
using Avro.IO;
using Confluent.Kafka;
using Fink.Client.Decoding;
using Fink.Client.Plans;
using Fink.Client.Values;

namespace Fink.Client;

/// <summary>
/// One alert as it was read back: its message, and its record, of which a field is decoded when it is asked for. The
/// message is known to be whole. An alert does not change and may be kept.
/// </summary>
public sealed class Alert
{
    private readonly Headers? _headers;
    private readonly string? _servers;
    private readonly int[] _places;

    /// <exception cref="CorruptDatumException">The datum is not of the schema.</exception>
    internal Alert(AlertPosition position, AlertSchema schema, ReadOnlyMemory<byte> datum)
        : this(position, schema, datum, out var length)
    {
        if (length < datum.Length)
        {
            throw new CorruptDatumException(
                $"{datum.Length - length} of {datum.Length} bytes are left over: the schema is another one");
        }
    }

    private Alert(AlertPosition position, AlertSchema schema, ReadOnlyMemory<byte> data, out int length)
    {
        Position = position;
        Schema = schema;
        _places = new int[schema.Places];
        var cursor = new DatumCursor(data.Span, 0);
        schema.Root.Index(ref cursor, _places);
        length = cursor.At;
        Datum = data[..length];
    }

    /// <param name="servers">Where the message comes from, for what is said of its alert.</param>
    internal Alert(ConsumeResult<byte[]?, byte[]?> message, AlertSchema schema, ReadOnlyMemory<byte> datum, string servers)
        : this(new AlertPosition(message.Topic, message.Partition.Value, message.Offset.Value), schema, datum)
    {
        _headers = message.Message.Headers;
        _servers = servers;
        Key = message.Message.Key;
        Sent = DateTimeOffset.FromUnixTimeMilliseconds(message.Message.Timestamp.UnixTimestampMs);
    }

    /// <summary>An alert that comes from elsewhere than a topic.</summary>
    /// <param name="position">What errors call it.</param>
    /// <param name="datum">Bare Avro; it must not change any more.</param>
    /// <exception cref="AlertReadException">The datum is not of the schema.</exception>
    public static Alert Of(AlertPosition position, AlertSchema schema, ReadOnlyMemory<byte> datum)
    {
        try
        {
            return new Alert(position, schema, datum);
        }
        catch (CorruptDatumException e)
        {
            throw new AlertReadException(AlertReadFailure.Undecodable, $"Cannot decode {position}: {e.Message.TrimEnd('.')}.", e)
            {
                Position = position,
            };
        }
    }

    public AlertPosition Position { get; }

    public string Topic => Position.Topic;

    public int Partition => Position.Partition;

    public long Offset => Position.Offset;

    /// <summary>The message's time stamp; the smallest time of an alert out of a file.</summary>
    public DateTimeOffset Sent { get; }

    /// <summary>The message's key: the schema's JSON, a version, or nothing.</summary>
    public ReadOnlyMemory<byte> Key { get; }

    /// <summary>UTF-8 text: `objectId`, `alertId`, `schema`, `rule`, `time`; `wire` where the value was not bare.</summary>
    public IReadOnlyDictionary<string, string> Headers => field ??= MessageHeaders.All(_headers);

    public AlertSchema Schema { get; }

    /// <summary>The record as bare Avro.</summary>
    public ReadOnlyMemory<byte> Datum { get; }

    /// <summary>The whole record.</summary>
    public AlertValue Record => new(this, Schema.Root, 0);

    /// <summary>The object on the sky: the header, else the record's `objectId` or `diaObject.diaObjectId`; or null.</summary>
    public string? ObjectId => field ??= MessageHeaders.Text(_headers, "objectId")
        ?? Text("objectId") ?? Text("diaObject", "diaObjectId");

    /// <summary>This alert: the header, else the record's `candid` or `diaSourceId`; or null.</summary>
    public string? AlertId => field ??= MessageHeaders.Text(_headers, "alertId")
        ?? Text("candid") ?? Text("diaSourceId") ?? Text("diaSource", "diaSourceId");

    /// <summary>What every survey says of an alert: when, where, how bright, in which band.</summary>
    public AlertFacts Facts => new(this);

    /// <summary>A field of the record.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message names those that there are.</exception>
    public AlertValue this[string field] => Record[field];

    /// <summary>What lies at the end of a path of fields, or null where one of them is not there.</summary>
    public AlertValue Find(params ReadOnlySpan<string> path) => Record.Find(path);

    /// <summary>
    /// The record as one line of JSON: every field by its name, bytes in base64, NaN and infinities as the texts
    /// `NaN`, `Infinity`, `-Infinity`, a map as an object, a decimal as a number.
    /// </summary>
    public string ToJson() => ValueJson.Write(Record);

    /// <summary>Every field decoded, as an object of Apache.Avro's.</summary>
    public GenericRecord ToGenericRecord()
    {
        using var stream = MemoryMarshal.TryGetArray(Datum, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(Datum.ToArray(), writable: false);
        return Schema.Reader.Read(null!, new BinaryDecoder(stream));
    }

    /// <summary>Where it lies, which it is, and from which brokers it came.</summary>
    public override string ToString() =>
        $"{Position}{(AlertId is { } id ? $" (alert {id})" : "")}{(_servers is null ? "" : $" from {_servers}")}";

    /// <summary>The first one of several data.</summary>
    /// <exception cref="CorruptDatumException">They do not begin with one of the schema.</exception>
    internal static Alert First(AlertPosition position, AlertSchema schema, ReadOnlyMemory<byte> data) =>
        new(position, schema, data, out _);

    internal int PlaceOf(int field) => _places[field];

    private string? Text(params ReadOnlySpan<string> path) => Find(path).ToString() is { Length: > 0 } text ? text : null;
}
