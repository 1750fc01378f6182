using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Cluster.Storage;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Starting;

/// <summary>How the first users are made: where, and as whom, before there is any user.</summary>
/// <param name="HasUsers">Whether the servers made them themselves, from what they were given.</param>
/// <param name="RefusedIsReady">Whether a broker that does not let this login in runs well nevertheless.</param>
internal sealed record SetupLogin(IReadOnlyList<HostPort> Brokers, ClientProperties Login, bool RefusedIsReady, bool HasUsers)
{
    public KafkaConnection Connection => new(string.Join(',', Brokers), Login);
}

/// <summary>The servers of one mode. A start calls the members in their order here.</summary>
internal interface IServers
{
    /// <summary>The version that the cluster runs.</summary>
    string Version { get; }

    /// <exception cref="ClusterException">Something that they need is not on this machine.</exception>
    void RequireRunnable();

    /// <summary>An id for a cluster that has none yet; null where the servers choose it.</summary>
    string? NewClusterId();

    /// <summary>Writes what the servers of this start read, all of it anew. Returns what the user should know beside.</summary>
    /// <param name="newUsers">Whom this start must make; null when there are users.</param>
    /// <exception cref="ClusterException">A user's file cannot be read.</exception>
    IReadOnlyList<string> Write(TlsMaterial? tls, FirstPasswords? newUsers);

    Task StartAsync(StartedServers started, string? clusterId, CancellationToken cancellationToken);

    SetupLogin Setup();

    /// <summary>Whether a server that died was started again.</summary>
    Task<bool> ReviveAsync(StartedServers started, ProcessRecord server, CancellationToken cancellationToken);
}
