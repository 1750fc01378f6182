using System.Text;
using Avro;
using Avro.IO;
using Confluent.Kafka;

namespace Fink.Client.Decoding;

/// <summary>A message of a classification topic -> an alert: one bare Avro datum, its schema in the key.</summary>
internal sealed class AlertDecoder
{
    private readonly SchemaCache _schemas;

    /// <exception cref="AlertReadException">The schema given is not one.</exception>
    public AlertDecoder(string? fallbackSchema)
    {
        try
        {
            _schemas = new SchemaCache(fallbackSchema);
        }
        catch (FormatException e)
        {
            throw new AlertReadException(AlertReadFailure.Invalid, $"Cannot use the schema given: {e.Message}.", e);
        }
    }

    /// <exception cref="AlertReadException">The message is no alert of its schema.</exception>
    public Alert Decode(ConsumeResult<byte[]?, byte[]?> message)
    {
        var headers = Headers(message);
        try
        {
            var schema = _schemas.For(message.Message.Key);
            var value = message.Message.Value ?? throw new FormatException("the message has no value");
            using var stream = new MemoryStream(value, writable: false);
            var record = schema.Reader.Read(null!, new BinaryDecoder(stream));
            if (stream.Position != value.Length)
            {
                throw new FormatException(
                    $"{value.Length - stream.Position} of {value.Length} bytes are left over: the schema is another one");
            }

            return new Alert(
                message.Topic, message.Partition.Value, message.Offset.Value,
                DateTimeOffset.FromUnixTimeMilliseconds(message.Message.Timestamp.UnixTimestampMs),
                headers, schema.Schema, record);
        }
        catch (Exception e) when (IsAboutData(e))
        {
            var alert = headers.TryGetValue("alertId", out var id) ? $" (alert {id})" : "";
            throw new AlertReadException(
                AlertReadFailure.Undecodable,
                $"Cannot decode {message.Topic} partition {message.Partition.Value} offset {message.Offset.Value}{alert}: "
                + $"{e.Message.TrimEnd('.')}.",
                e);
        }
    }

    // What Apache.Avro throws on bytes that are not of the schema: a length beyond the end, a branch that is not there.
    private static bool IsAboutData(Exception e) =>
        e is FormatException or AvroException or IOException or ArgumentException or IndexOutOfRangeException
            or OverflowException or InvalidCastException or OutOfMemoryException or DecoderFallbackException;

    private static Dictionary<string, string> Headers(ConsumeResult<byte[]?, byte[]?> message)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var header in message.Message.Headers ?? [])
        {
            if (header.GetValueBytes() is { } value)
            {
                headers[header.Key] = Encoding.UTF8.GetString(value);
            }
        }

        return headers;
    }
}
