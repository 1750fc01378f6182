namespace Fink.Kafka.Cluster;

/// <summary>What a data folder's cluster is, whether it runs or not.</summary>
public sealed record ClusterDescription
{
    public required ClusterMode Mode { get; init; }

    public required string DataDir { get; init; }

    /// <summary>Null in embedded mode.</summary>
    public string? KafkaHome { get; init; }

    /// <summary>Apache Kafka's version, for example <c>3.9.1</c>; in embedded mode this project's.</summary>
    public required string KafkaVersion { get; init; }

    /// <summary>Null until the cluster has started once, where its servers choose it.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Every broker's client address, joined by commas.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary><c>SASL_PLAINTEXT</c> or <c>SASL_SSL</c>.</summary>
    public required string SecurityProtocol { get; init; }

    /// <summary>Where anybody may read alerts without a login, joined by commas; null where nobody may.</summary>
    public string? AnonymousServers { get; init; }

    /// <summary>User to file of Kafka client properties, for the first users.</summary>
    public required IReadOnlyDictionary<string, string> Credentials { get; init; }

    /// <summary>Principals that no ACL binds.</summary>
    public IReadOnlyList<string> SuperUsers { get; init; } = ["User:admin"];

    /// <summary>Kafka's <c>allow.everyone.if.no.acl.found</c>.</summary>
    public bool AllowEveryoneIfNoAclFound { get; init; }
}

/// <param name="AlreadyRunning">It ran before, and nothing was done.</param>
/// <param name="Notes">What a user should know beside: replaced keys of a properties file, and the like.</param>
public sealed record StartOutcome(ClusterDescription Cluster, bool AlreadyRunning, IReadOnlyList<string> Notes);

/// <param name="Stopped">Names of the processes that ended, in order; empty when none ran.</param>
/// <param name="Killed">Those among them that did not end when asked.</param>
public sealed record StopOutcome(IReadOnlyList<string> Stopped, IReadOnlyList<string> Killed);

/// <param name="IsReady">Every process runs, and every broker answers a client with a controller and all brokers.</param>
/// <param name="DiskBytes">What the whole data folder takes on the disk.</param>
/// <param name="Problem">Why it is not ready; null when it is.</param>
public sealed record ClusterStatus(
    ClusterDescription? Cluster, bool IsReady, string? Problem, long DiskBytes, IReadOnlyList<ProcessStatus> Processes)
{
    /// <summary>Partitions that nobody serves, though the cluster is ready; null where it is not, and could not be asked.</summary>
    public LeaderView? Leaders { get; init; }
}

/// <param name="Name"><c>zookeeper</c> or <c>broker-N</c>.</param>
/// <param name="ProcessId">Null when it does not run.</param>
/// <param name="DiskBytes">Its own part of the data folder.</param>
public sealed record ProcessStatus(
    string Name, int? ProcessId, DateTimeOffset? Started, string Listener, string Version, long DiskBytes, bool IsReady, string LogFile);
