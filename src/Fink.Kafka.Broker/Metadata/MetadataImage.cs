using System.Collections.Immutable;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Metadata;

/// <summary>All metadata at one moment. Immutable: who holds one sees no change half made.</summary>
internal sealed record MetadataImage
{
    public static readonly MetadataImage Empty = new();

    private static readonly ImmutableDictionary<string, string> NoConfigs = ImmutableDictionary<string, string>.Empty;

    public ImmutableDictionary<string, Topic> Topics { get; init; } = ImmutableDictionary<string, Topic>.Empty;

    public ImmutableDictionary<Guid, Topic> TopicsById { get; init; } = ImmutableDictionary<Guid, Topic>.Empty;

    /// <summary>By <see cref="TopicName.CollisionKey"/>, the topic that has it.</summary>
    public ImmutableDictionary<string, string> CollisionKeys { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableDictionary<string, ImmutableDictionary<string, string>> BrokerConfigs { get; init; } =
        ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty;

    public ImmutableSortedDictionary<string, ImmutableDictionary<ScramMechanism, ScramCredential>> Users { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableDictionary<ScramMechanism, ScramCredential>>(StringComparer.Ordinal);

    public AclTable Acls { get; init; } = AclTable.Empty;

    public ImmutableDictionary<QuotaEntity, ImmutableDictionary<string, double>> Quotas { get; init; } =
        ImmutableDictionary<QuotaEntity, ImmutableDictionary<string, double>>.Empty;

    public long NextProducerId { get; init; }

    public ImmutableArray<byte> DecoySecret { get; init; } = [];

    /// <summary>What is set for a broker, by its id, or for all of them, by the empty name.</summary>
    public ImmutableDictionary<string, string> ConfigsOf(string broker) => BrokerConfigs.GetValueOrDefault(broker, NoConfigs);

    public ScramCredential? Credential(string user, ScramMechanism mechanism) =>
        Users.GetValueOrDefault(user)?.GetValueOrDefault(mechanism);

    public bool HasPartition(string topic, int partition) =>
        Topics.TryGetValue(topic, out var found) && (uint)partition < (uint)found.Partitions;

    /// <summary>The changes that lead here from <see cref="Empty"/>.</summary>
    public IEnumerable<MetadataChange> ToChanges()
    {
        if (!DecoySecret.IsEmpty) yield return new MetadataChange.DecoySecretMade(DecoySecret);
        if (NextProducerId > 0) yield return new MetadataChange.ProducerIdsReserved(NextProducerId);
        foreach (var topic in Topics.Values) yield return new MetadataChange.TopicCreated(topic);
        foreach (var (broker, configs) in BrokerConfigs) yield return new MetadataChange.BrokerConfigsSet(broker, configs);
        foreach (var (user, credentials) in Users)
        {
            foreach (var credential in credentials.Values) yield return new MetadataChange.CredentialSet(user, credential);
        }

        foreach (var acl in Acls.Acls) yield return new MetadataChange.AclAdded(acl);
        foreach (var (entity, quotas) in Quotas) yield return new MetadataChange.QuotasSet(entity, quotas);
    }
}
