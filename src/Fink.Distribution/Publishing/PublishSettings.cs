using System.Globalization;
using Fink.Distribution.Configuration;
using Fink.Kafka;

namespace Fink.Distribution.Publishing;

/// <summary>What the alerts' producer is set to, over what the connection's properties say.</summary>
internal static class PublishSettings
{
    /// <summary>The largest message that we let through where no rule sets one: alerts with images have some megabytes at most.</summary>
    public const int DefaultMaxMessageBytes = 10 * 1024 * 1024;

    private const int LargestBatchBytes = 1_000_000;

    /// <summary>librdkafka's own limit for <c>message.max.bytes</c>.</summary>
    private const int LargestMaxMessageBytes = 1_000_000_000;

    /// <param name="connection">Where to; settings of a producer that its properties name win over ours.</param>
    /// <param name="topics">The rules' settings of their topics.</param>
    /// <param name="queueMegabytes">What may wait for the broker.</param>
    public static IReadOnlyDictionary<string, string> For(
        KafkaConnection connection, IReadOnlyCollection<TopicSettings> topics, int queueMegabytes)
    {
        var limits = topics.Select(topic => topic.MaxMessageBytes ?? DefaultMaxMessageBytes).ToList();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // No duplicate and no other order inside a session, whatever is sent again.
            ["enable.idempotence"] = "true",
            ["acks"] = "all",
            ["linger.ms"] = "20",
            // An idempotent librdkafka sends a partition's batches one at a time, and while the next is ready and the last one
            // not answered its thread polls without a pause. With its short line full it sleeps instead.
            ["max.in.flight.requests.per.connection"] = "2",
            // Brokers hold a batch as a whole against a topic's limit of one message.
            ["batch.size"] = Text(Math.Min(LargestBatchBytes, limits.Min())),
            ["message.timeout.ms"] = "120000",
            ["queue.buffering.max.messages"] = "1000000",
            ["compression.codec"] = "none",
        };
        foreach (var (name, value) in connection.ToProducerSettings())
        {
            settings[name] = value;
        }

        settings["message.max.bytes"] = Text(Math.Clamp(limits.Max(), DefaultMaxMessageBytes, LargestMaxMessageBytes));
        settings["queue.buffering.max.kbytes"] = Text(queueMegabytes * 1024);
        settings["log.queue"] = "true";
        return settings;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
