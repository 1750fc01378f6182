namespace Fink.Kafka.Properties;

/// <summary>
/// The properties that only a producer or only a consumer has: which are passed on, by librdkafka's names, and which are not, since
/// what is promised of every alert depends on them.
/// </summary>
internal sealed class ClientTuning
{
    private static readonly Dictionary<string, string> OfProducers = new(StringComparer.Ordinal)
    {
        ["linger.ms"] = "linger.ms",
        ["queue.buffering.max.ms"] = "linger.ms",
        ["batch.size"] = "batch.size",
        ["batch.num.messages"] = "batch.num.messages",
        ["max.in.flight.requests.per.connection"] = "max.in.flight.requests.per.connection",
        ["max.in.flight"] = "max.in.flight.requests.per.connection",
        ["compression.type"] = "compression.codec",
        ["compression.codec"] = "compression.codec",
        ["compression.level"] = "compression.level",
        ["delivery.timeout.ms"] = "message.timeout.ms",
        ["message.timeout.ms"] = "message.timeout.ms",
        ["retries"] = "message.send.max.retries",
        ["message.send.max.retries"] = "message.send.max.retries",
    };

    private static readonly Dictionary<string, string> OfConsumers = new(StringComparer.Ordinal)
    {
        ["fetch.min.bytes"] = "fetch.min.bytes",
        ["fetch.max.bytes"] = "fetch.max.bytes",
        ["max.partition.fetch.bytes"] = "max.partition.fetch.bytes",
        ["fetch.message.max.bytes"] = "max.partition.fetch.bytes",
        ["session.timeout.ms"] = "session.timeout.ms",
        ["heartbeat.interval.ms"] = "heartbeat.interval.ms",
        ["max.poll.interval.ms"] = "max.poll.interval.ms",
        ["group.instance.id"] = "group.instance.id",
        ["check.crcs"] = "check.crcs",
        ["queued.min.messages"] = "queued.min.messages",
        ["queued.max.messages.kbytes"] = "queued.max.messages.kbytes",
    };

    private static readonly Promise[] Promises =
    [
        new(["acks", "request.required.acks"], ["all", "-1"], "alerts are sent with acks=all, so that none is lost"),
        new(["enable.idempotence"], ["true"], "alerts are sent with enable.idempotence=true, so that none comes twice when it is sent again"),
        new(["message.max.bytes", "max.request.size"], [], "the rules say how large a message may be, by max-message-bytes"),
        new(["isolation.level"], ["read_committed"], "alerts are read with isolation.level=read_committed, without those of a run that was undone"),
    ];

    private readonly Dictionary<string, string> _producer = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _consumer = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Producer => _producer;

    public IReadOnlyDictionary<string, string> Consumer => _consumer;

    /// <summary>Whether it is a producer's or a consumer's, and then taken.</summary>
    public bool Takes(string key, string value)
    {
        if (OfProducers.TryGetValue(key, out var producers))
        {
            _producer[producers] = value;
            return true;
        }

        if (OfConsumers.TryGetValue(key, out var consumers))
        {
            _consumer[consumers] = value;
            return true;
        }

        return false;
    }

    /// <summary>The promise that a key is about, whichever value it is given; null where none is.</summary>
    public static Promise? PromiseAbout(string key) => Array.Find(Promises, promise => promise.Keys.Contains(key));

    /// <summary>What we set ourselves, because of what is promised of every alert.</summary>
    /// <param name="Kept">The values that say the same, in lower case.</param>
    internal sealed record Promise(string[] Keys, string[] Kept, string Why)
    {
        public bool IsKeptBy(string value) => Kept.Contains(value.ToLowerInvariant());
    }
}
