using Confluent.Kafka;
using Fink.Client.Plans;

namespace Fink.Client.Decoding;

/// <summary>A message of a classification topic -> an alert: one bare Avro datum, its schema in the key.</summary>
/// <param name="servers">Where the messages come from, for what is said of bad ones.</param>
internal sealed class AlertDecoder(AlertSchemas given, string servers)
{
    private readonly SchemaCache _schemas = new(given);

    /// <exception cref="AlertReadException">The message is no alert of its schema.</exception>
    public Alert Decode(ConsumeResult<byte[]?, byte[]?> message)
    {
        try
        {
            var schema = _schemas.For(message.Message.Key, message.Message.Headers);
            var value = message.Message.Value ?? throw new FormatException("the message has no value");
            return new Alert(message, schema, value);
        }
        catch (Exception e) when (e is FormatException or CorruptDatumException)
        {
            var position = new AlertPosition(message.Topic, message.Partition.Value, message.Offset.Value);
            var id = MessageHeaders.Text(message.Message.Headers, "alertId");
            var alert = id is null ? "" : $" (alert {id})";
            throw new AlertReadException(
                AlertReadFailure.Undecodable, $"Cannot decode {position}{alert} from {servers}: {e.Message.TrimEnd('.')}.", e)
            {
                Position = position,
                AlertId = id,
            };
        }
    }
}
