using Confluent.Kafka;
using Fink.Kafka;

namespace Fink.Distribution.Publishing;

/// <summary>What the alerts' producer is set to, over what the connection's properties say.</summary>
internal static class PublishSettings
{
    /// <summary>The largest message that we let through where no rule sets one: alerts with images have some megabytes at most.</summary>
    public const int DefaultMaxMessageBytes = 10 * 1024 * 1024;

    /// <summary>librdkafka's own limit for <c>message.max.bytes</c>.</summary>
    private const int LargestMaxMessageBytes = 1_000_000_000;

    /// <param name="connection">Where to; settings of a producer that its properties name win over ours.</param>
    /// <param name="maxMessageBytes">The largest message of any topic.</param>
    /// <param name="queueMegabytes">What may wait for the broker.</param>
    public static IReadOnlyDictionary<string, string> For(KafkaConnection connection, int maxMessageBytes, int queueMegabytes)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // No duplicate and no other order inside a session, whatever is sent again.
            ["enable.idempotence"] = "true",
            ["acks"] = "all",
            ["linger.ms"] = "20",
            ["batch.size"] = "1000000",
            ["message.timeout.ms"] = "120000",
            ["queue.buffering.max.messages"] = "1000000",
            ["compression.codec"] = "none",
        };
        foreach (var (name, value) in new ProducerConfig(connection.ToClientConfig()))
        {
            settings[name] = value;
        }

        settings["message.max.bytes"] = Math.Min(maxMessageBytes, LargestMaxMessageBytes).ToString(System.Globalization.CultureInfo.InvariantCulture);
        settings["queue.buffering.max.kbytes"] = (queueMegabytes * 1024).ToString(System.Globalization.CultureInfo.InvariantCulture);
        settings["log.queue"] = "true";
        return settings;
    }
}
