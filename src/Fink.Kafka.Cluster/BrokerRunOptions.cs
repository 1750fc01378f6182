using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fink.Kafka.Cluster;

/// <summary>What <see cref="LocalCluster.RunBrokerAsync"/> is asked for: the embedded broker, in this process.</summary>
public sealed record BrokerRunOptions
{
    /// <summary>
    /// <c>PROTOCOL://HOST:PORT</c> each, the first for the first users. Default: what the properties say, else SASL_PLAINTEXT (with a
    /// certificate SASL_SSL) on 127.0.0.1:9093.
    /// </summary>
    public IReadOnlyList<string> Listeners { get; init; } = [];

    /// <summary>The name that clients connect to, where it is not the one listened on.</summary>
    public string? Advertise { get; init; }

    /// <summary>A file in Kafka's own property names.</summary>
    public string? PropertiesFile { get; init; }

    /// <summary>Win over the file.</summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();

    /// <summary>PEM certificate chain, with <see cref="TlsKey"/>.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>PEM private key (PKCS#8, PKCS#1 or SEC1), not encrypted.</summary>
    public string? TlsKey { get; init; }

    /// <summary>PEM certificate of the authority that clients shall trust. Default: the self-signed end of the chain, else the system's.</summary>
    public string? TlsAuthority { get; init; }

    /// <summary>A topic that finkProducer and finkConsumer may use beside those with the prefix <c>fink_</c>.</summary>
    public string? DistributionTopic { get; init; }

    /// <summary>Another process started this one, keeps the data folder's records, and makes the users: the file says all.</summary>
    public bool IsSupervised { get; init; }

    /// <summary>Users with their passwords that the broker must know before anyone can log in, whoever was there before; read, then deleted.</summary>
    public string? FirstUsersFile { get; init; }

    /// <summary>The number of a process without which a supervised broker has no purpose: when it has ended, so does the broker, cleanly.</summary>
    public int? EndsWith { get; init; }

    /// <summary>Unless it is supervised: then it logs to the data folder.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;
}
