namespace Fink.Kafka.Cluster;

/// <summary>
/// What <see cref="LocalCluster.StartAsync"/> is asked for. What is null here is taken from the data folder if it has
/// been started before, else from the defaults that each member names.
/// </summary>
public sealed record ClusterOptions
{
    /// <summary>Default: ZooKeeper where the home has its scripts, else Kraft; Embedded where there is no home.</summary>
    public ClusterMode? Mode { get; init; }

    /// <summary>Apache Kafka's folder. Default: the variable KAFKA_HOME, else the newest one that was installed.</summary>
    public string? KafkaHome { get; init; }

    /// <summary>The program, and its first arguments, that <c>fink-kafka</c> is: its <c>broker run</c> is what embedded mode starts.</summary>
    public IReadOnlyList<string> OwnCommand { get; init; } = [];

    /// <summary>Whether the broker ends when this process does, however that happens. In embedded mode only.</summary>
    public bool EndsWithCaller { get; init; }

    /// <summary>Default: three with ZooKeeper, else one. A data folder can grow, never shrink.</summary>
    public int? Brokers { get; init; }

    /// <summary>Where clients reach the first broker; broker i listens on port + i. Default: 127.0.0.1:9093.</summary>
    public HostPort? Listen { get; init; }

    /// <summary>One address per broker, where they do not follow each other; replaces <see cref="Listen"/> and <see cref="Brokers"/>.</summary>
    public IReadOnlyList<HostPort> BrokerAddresses { get; init; } = [];

    /// <summary>The name that clients connect to, where it is not the one listened on; required for 0.0.0.0.</summary>
    public string? Advertise { get; init; }

    /// <summary>Default: 127.0.0.1:2182. A loopback address.</summary>
    public HostPort? ZooKeeper { get; init; }

    /// <summary>A properties file per broker, whose entries are kept except those that are ours to set.</summary>
    public IReadOnlyList<string> BrokerProperties { get; init; } = [];

    /// <summary>PEM certificate chain; with <see cref="TlsKey"/> the client listener becomes SASL_SSL.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>PEM private key (PKCS#8, PKCS#1 or SEC1), not encrypted.</summary>
    public string? TlsKey { get; init; }

    /// <summary>PEM certificate of the authority that clients shall trust. Default: the self-signed end of the chain, else the system's.</summary>
    public string? TlsAuthority { get; init; }

    /// <summary>
    /// Whether a second, plain-text listener lets anybody read alerts without a login. Asked for at each start: what the
    /// folder was started with before does not open it again.
    /// </summary>
    public bool AnonymousRead { get; init; }

    /// <summary>Where the first broker lets them in; broker i at port + i. Default: on loopback, 100 above each broker's own port.</summary>
    public HostPort? AnonymousListen { get; init; }

    /// <summary>A topic that finkProducer and finkConsumer may use beside those with the prefix <c>fink_</c>.</summary>
    public string? DistributionTopic { get; init; }

    /// <summary>How long all brokers together may take until they answer.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a process may take to end when asked, before it is killed.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(30);
}
