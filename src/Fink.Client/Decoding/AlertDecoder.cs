using Confluent.Kafka;
using Fink.Client.Plans;

namespace Fink.Client.Decoding;

/// <summary>A message of a classification topic -> an alert: the datum that its value holds, by the schema that it brings or names.</summary>
/// <param name="servers">Where the messages come from, for what is said of them.</param>
/// <param name="wire">See <see cref="AlertConsumerOptions.Wire"/>.</param>
internal sealed class AlertDecoder(AlertSchemas given, string servers, WireForm? wire = null)
{
    private readonly WireReader _wire = new(given, wire);

    /// <exception cref="AlertReadException">The message is no alert of its schema.</exception>
    public Alert Decode(ConsumeResult<byte[]?, byte[]?> message)
    {
        try
        {
            var (schema, datum) = _wire.Read(message.Message);
            return new Alert(message, schema, datum, servers);
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
