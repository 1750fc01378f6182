using System.Collections.Immutable;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Metadata;

/// <summary>All that can happen to the metadata, as it is journalled. A snapshot is the changes that lead to an image from nothing.</summary>
internal abstract record MetadataChange
{
    private MetadataChange()
    {
    }

    internal sealed record TopicCreated(Topic Topic) : MetadataChange;

    internal sealed record TopicDeleted(Guid Id) : MetadataChange;

    internal sealed record PartitionsGrown(Guid Id, int Partitions) : MetadataChange;

    /// <summary>All that is set for the topic from now on.</summary>
    internal sealed record TopicConfigsSet(Guid Id, ImmutableDictionary<string, string> Configs) : MetadataChange;

    /// <summary>All that is set from now on for a broker, by its id, or for all of them, by the empty name.</summary>
    internal sealed record BrokerConfigsSet(string Broker, ImmutableDictionary<string, string> Configs) : MetadataChange;

    internal sealed record CredentialSet(string User, ScramCredential Credential) : MetadataChange;

    internal sealed record CredentialDeleted(string User, ScramMechanism Mechanism) : MetadataChange;

    internal sealed record AclAdded(Acl Acl) : MetadataChange;

    internal sealed record AclRemoved(Acl Acl) : MetadataChange;

    /// <summary>All quotas of an entity from now on.</summary>
    internal sealed record QuotasSet(QuotaEntity Entity, ImmutableDictionary<string, double> Quotas) : MetadataChange;

    /// <summary>Ids below this one are or were somebody's.</summary>
    internal sealed record ProducerIdsReserved(long NextId) : MetadataChange;

    /// <summary>For <see cref="DecoyCredentials"/>: made once in the life of a data folder.</summary>
    internal sealed record DecoySecretMade(ImmutableArray<byte> Secret) : MetadataChange;
}
