using Confluent.Kafka;
using Fink.Kafka.Clients;
using Fink.Kafka.Properties;

namespace Fink.Kafka;

/// <summary>Which cluster, as whom, and how long to wait for an answer. It holds no socket.</summary>
public sealed record KafkaConnection
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <param name="bootstrapServers">`host:port[,host:port…]`.</param>
    /// <param name="timeout">For one operation, its retries included.</param>
    public KafkaConnection(string bootstrapServers, ClientProperties properties, TimeSpan? timeout = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(bootstrapServers);
        BootstrapServers = bootstrapServers;
        Properties = properties;
        Timeout = timeout ?? DefaultTimeout;
    }

    public string BootstrapServers { get; init; }

    public ClientProperties Properties { get; init; }

    public TimeSpan Timeout { get; init; }

    /// <summary>The same cluster as somebody else, logging in by SCRAM.</summary>
    public KafkaConnection As(string user, Secret password, ScramMechanism mechanism = ScramMechanism.Sha512) =>
        this with { Properties = Properties.WithScramUser(user, password, mechanism) };

    /// <summary>
    /// librdkafka's settings for any client of this connection, secrets included: for a client, never for printing.
    /// A producer's or consumer's own settings are added to a copy: `new ProducerConfig(connection.ToClientConfig())`.
    /// </summary>
    public ClientConfig ToClientConfig() => ClientSettings.For(this);

    /// <summary>Those, and how the properties tune a producer of alerts: for a client, never for printing.</summary>
    public IReadOnlyDictionary<string, string> ToProducerSettings() => ClientSettings.With(this, Properties.Tuning.Producer);

    /// <summary>Those, and how the properties tune a consumer of alerts: for a client, never for printing.</summary>
    public IReadOnlyDictionary<string, string> ToConsumerSettings() => ClientSettings.With(this, Properties.Tuning.Consumer);
}
