using System.Text.Json.Serialization;

namespace Fink.Kafka.Cluster.Storage;

/// <summary>What a data folder remembers of its cluster from one start to the next (<c>cluster.json</c>). No secret.</summary>
internal sealed record ClusterState
{
    public required ClusterMode Mode { get; init; }

    public string? KafkaHome { get; init; }

    public required string KafkaVersion { get; init; }

    /// <summary>Null until it started once, where its servers choose it.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Client addresses that the brokers listen on, by broker number.</summary>
    public required IReadOnlyList<string> Brokers { get; init; }

    public string? Advertise { get; init; }

    public string? ZooKeeper { get; init; }

    /// <summary>None also in what was written before there were any.</summary>
    public IReadOnlyList<string> BrokerProperties { get => field ?? []; init; } = [];

    public bool Tls { get; init; }

    /// <summary>Where clients without a login connect; empty where none may.</summary>
    public IReadOnlyList<string> AnonymousServers { get => field ?? []; init; } = [];

    public string? DistributionTopic { get; init; }

    /// <summary>False until it was ready once: before that, no client can have left anything in it.</summary>
    public bool WasReady { get; init; }

    /// <summary>Host and topic that the first users' ACLs were made for. They are made once, so that an operator can take one away.</summary>
    public string? AclsMadeFor { get; init; }

    /// <summary>What the ACLs of clients without a login were made for; null when there are none of ours.</summary>
    public AnonymousGrant? AnonymousAclsMadeFor { get; init; }
}

/// <summary>From where clients without a login read, and which topic beside those with the prefix <c>fink_</c>.</summary>
internal sealed record AnonymousGrant(string Host, string? DistributionTopic);

/// <summary>A process that <c>start</c> started: its number alone could be another program's by now.</summary>
/// <param name="Identity">See <see cref="Processes.ProcessIdentity"/>.</param>
internal sealed record ProcessRecord(string Name, int ProcessId, string Identity, DateTimeOffset Started, string Listener);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClusterState))]
[JsonSerializable(typeof(IReadOnlyList<ProcessRecord>))]
internal sealed partial class StorageJson : JsonSerializerContext;
