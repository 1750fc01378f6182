using System.Collections.Immutable;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Broker.Storage.Journals;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Metadata;

/// <summary>The journal's records: one holds the changes that were made together, so that none is replayed without the others.</summary>
internal static class MetadataRecords
{
    public const byte Changes = 1;
    public const byte Version = 1;

    private enum Kind : byte
    {
        TopicCreated = 1,
        TopicDeleted = 2,
        PartitionsGrown = 3,
        TopicConfigsSet = 4,
        BrokerConfigsSet = 5,
        CredentialSet = 6,
        CredentialDeleted = 7,
        AclAdded = 8,
        AclRemoved = 9,
        QuotasSet = 10,
        ProducerIdsReserved = 11,
        DecoySecretMade = 12,
    }

    public static void Write(PayloadWriter to, IEnumerable<MetadataChange> changes)
    {
        foreach (var change in changes) Write(to, change);
    }

    /// <exception cref="InvalidDataException">A newer broker wrote the record, or it is none of ours.</exception>
    public static IReadOnlyList<MetadataChange> Read(byte type, byte version, ReadOnlySpan<byte> payload)
    {
        if (type != Changes || version != Version)
        {
            throw new InvalidDataException(
                $"The metadata journal has a record of type {type}, version {version}; this broker reads type {Changes}, version {Version}.");
        }

        var reader = new PayloadReader(payload);
        List<MetadataChange> changes = [];
        while (!reader.IsAtEnd) changes.Add(Read(ref reader));
        return changes;
    }

    private static void Write(PayloadWriter to, MetadataChange change)
    {
        switch (change)
        {
            case MetadataChange.TopicCreated created:
                Begin(to, Kind.TopicCreated).String(created.Topic.Name);
                to.Id(created.Topic.Id);
                to.Int32(created.Topic.Partitions);
                Write(to, created.Topic.Configs);
                break;
            case MetadataChange.TopicDeleted deleted:
                Begin(to, Kind.TopicDeleted).Id(deleted.Id);
                break;
            case MetadataChange.PartitionsGrown grown:
                Begin(to, Kind.PartitionsGrown).Id(grown.Id);
                to.Int32(grown.Partitions);
                break;
            case MetadataChange.TopicConfigsSet set:
                Begin(to, Kind.TopicConfigsSet).Id(set.Id);
                Write(to, set.Configs);
                break;
            case MetadataChange.BrokerConfigsSet set:
                Begin(to, Kind.BrokerConfigsSet).String(set.Broker);
                Write(to, set.Configs);
                break;
            case MetadataChange.ProducerIdsReserved reserved:
                Begin(to, Kind.ProducerIdsReserved).Int64(reserved.NextId);
                break;
            default:
                WriteSecurity(to, change);
                break;
        }
    }

    private static void WriteSecurity(PayloadWriter to, MetadataChange change)
    {
        switch (change)
        {
            case MetadataChange.CredentialSet set:
                Begin(to, Kind.CredentialSet).String(set.User);
                to.Byte((byte)set.Credential.Mechanism);
                to.Bytes(set.Credential.Salt.Span);
                to.Int32(set.Credential.Iterations);
                to.Bytes(set.Credential.StoredKey.Span);
                to.Bytes(set.Credential.ServerKey.Span);
                break;
            case MetadataChange.CredentialDeleted deleted:
                Begin(to, Kind.CredentialDeleted).String(deleted.User);
                to.Byte((byte)deleted.Mechanism);
                break;
            case MetadataChange.AclAdded added:
                Write(Begin(to, Kind.AclAdded), added.Acl);
                break;
            case MetadataChange.AclRemoved removed:
                Write(Begin(to, Kind.AclRemoved), removed.Acl);
                break;
            case MetadataChange.QuotasSet set:
                Write(Begin(to, Kind.QuotasSet), set);
                break;
            case MetadataChange.DecoySecretMade made:
                Begin(to, Kind.DecoySecretMade).Bytes(made.Secret.AsSpan());
                break;
            default:
                throw new InvalidOperationException($"no record holds {change.GetType().Name}");
        }
    }

    private static MetadataChange Read(ref PayloadReader from) => (Kind)from.Byte() switch
    {
        Kind.TopicCreated => new MetadataChange.TopicCreated(
            new Topic(from.String(), from.Id(), from.Int32(), Configs(ref from))),
        Kind.TopicDeleted => new MetadataChange.TopicDeleted(from.Id()),
        Kind.PartitionsGrown => new MetadataChange.PartitionsGrown(from.Id(), from.Int32()),
        Kind.TopicConfigsSet => new MetadataChange.TopicConfigsSet(from.Id(), Configs(ref from)),
        Kind.BrokerConfigsSet => new MetadataChange.BrokerConfigsSet(from.String(), Configs(ref from)),
        Kind.CredentialSet => new MetadataChange.CredentialSet(from.String(), Credential(ref from)),
        Kind.CredentialDeleted => new MetadataChange.CredentialDeleted(from.String(), (ScramMechanism)(sbyte)from.Byte()),
        Kind.AclAdded => new MetadataChange.AclAdded(ReadAcl(ref from)),
        Kind.AclRemoved => new MetadataChange.AclRemoved(ReadAcl(ref from)),
        Kind.QuotasSet => Quotas(ref from),
        Kind.ProducerIdsReserved => new MetadataChange.ProducerIdsReserved(from.Int64()),
        Kind.DecoySecretMade => new MetadataChange.DecoySecretMade([.. from.Bytes()]),
        var unknown => throw new InvalidDataException(
            $"The metadata journal has a change of the unknown kind {(byte)unknown}: a newer broker wrote it."),
    };

    private static PayloadWriter Begin(PayloadWriter to, Kind kind)
    {
        to.Byte((byte)kind);
        return to;
    }

    private static void Write(PayloadWriter to, ImmutableDictionary<string, string> configs)
    {
        to.Int32(configs.Count);
        foreach (var (name, value) in configs)
        {
            to.String(name);
            to.String(value);
        }
    }

    private static void Write(PayloadWriter to, Acl acl)
    {
        to.Byte((byte)acl.Resource.Type);
        to.Byte((byte)acl.Resource.Pattern);
        to.String(acl.Resource.Name);
        to.String(acl.Principal);
        to.String(acl.Host);
        to.Byte((byte)acl.Operation);
        to.Byte((byte)acl.Permission);
    }

    private static void Write(PayloadWriter to, MetadataChange.QuotasSet set)
    {
        to.String(set.Entity.User);
        to.String(set.Entity.ClientId);
        to.String(set.Entity.Ip);
        to.Int32(set.Quotas.Count);
        foreach (var (name, value) in set.Quotas)
        {
            to.String(name);
            to.Double(value);
        }
    }

    private static ImmutableDictionary<string, string> Configs(ref PayloadReader from)
    {
        var configs = ImmutableDictionary.CreateBuilder<string, string>();
        for (var left = from.Int32(); left > 0; left--) configs[from.String()] = from.String();
        return configs.ToImmutable();
    }

    private static ScramCredential Credential(ref PayloadReader from) =>
        new((ScramMechanism)(sbyte)from.Byte(), from.Bytes(), from.Int32(), from.Bytes(), from.Bytes());

    private static Acl ReadAcl(ref PayloadReader from) => new(
        new ResourcePattern((ResourceType)(sbyte)from.Byte(), (PatternType)(sbyte)from.Byte(), from.String()),
        from.String(),
        from.String(),
        (AclOperation)(sbyte)from.Byte(),
        (AclPermissionType)(sbyte)from.Byte());

    private static MetadataChange.QuotasSet Quotas(ref PayloadReader from)
    {
        var entity = new QuotaEntity(from.NullableString(), from.NullableString(), from.NullableString());
        var quotas = ImmutableDictionary.CreateBuilder<string, double>();
        for (var left = from.Int32(); left > 0; left--) quotas[from.String()] = from.Double();
        return new MetadataChange.QuotasSet(entity, quotas.ToImmutable());
    }
}
