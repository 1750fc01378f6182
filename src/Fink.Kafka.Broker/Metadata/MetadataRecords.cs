using System.Collections.Immutable;
using System.Text;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Security.Scram;

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

    public static byte[] Write(IEnumerable<MetadataChange> changes)
    {
        using var payload = new MemoryStream();
        using (var writer = new BinaryWriter(payload, Encoding.UTF8))
        {
            foreach (var change in changes) Write(writer, change);
        }

        return payload.ToArray();
    }

    /// <exception cref="InvalidDataException">A newer broker wrote the record, or it is none of ours.</exception>
    public static IReadOnlyList<MetadataChange> Read(byte type, byte version, ReadOnlySpan<byte> payload)
    {
        if (type != Changes || version != Version)
        {
            throw new InvalidDataException(
                $"The metadata journal has a record of type {type}, version {version}; this broker reads type {Changes}, version {Version}.");
        }

        using var reader = new BinaryReader(new MemoryStream(payload.ToArray()), Encoding.UTF8);
        List<MetadataChange> changes = [];
        try
        {
            while (reader.BaseStream.Position < reader.BaseStream.Length) changes.Add(Read(reader));
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("A record of the metadata journal ends before its fields do.", e);
        }

        return changes;
    }

    private static void Write(BinaryWriter to, MetadataChange change)
    {
        switch (change)
        {
            case MetadataChange.TopicCreated created:
                Begin(to, Kind.TopicCreated).Write(created.Topic.Name);
                to.Write(created.Topic.Id.ToByteArray(bigEndian: true));
                to.Write(created.Topic.Partitions);
                Write(to, created.Topic.Configs);
                break;
            case MetadataChange.TopicDeleted deleted:
                Begin(to, Kind.TopicDeleted).Write(deleted.Id.ToByteArray(bigEndian: true));
                break;
            case MetadataChange.PartitionsGrown grown:
                Begin(to, Kind.PartitionsGrown).Write(grown.Id.ToByteArray(bigEndian: true));
                to.Write(grown.Partitions);
                break;
            case MetadataChange.TopicConfigsSet set:
                Begin(to, Kind.TopicConfigsSet).Write(set.Id.ToByteArray(bigEndian: true));
                Write(to, set.Configs);
                break;
            case MetadataChange.BrokerConfigsSet set:
                Begin(to, Kind.BrokerConfigsSet).Write(set.Broker);
                Write(to, set.Configs);
                break;
            case MetadataChange.ProducerIdsReserved reserved:
                Begin(to, Kind.ProducerIdsReserved).Write(reserved.NextId);
                break;
            default:
                WriteSecurity(to, change);
                break;
        }
    }

    private static void WriteSecurity(BinaryWriter to, MetadataChange change)
    {
        switch (change)
        {
            case MetadataChange.CredentialSet set:
                Begin(to, Kind.CredentialSet).Write(set.User);
                to.Write((sbyte)set.Credential.Mechanism);
                Write(to, set.Credential.Salt.Span);
                to.Write(set.Credential.Iterations);
                Write(to, set.Credential.StoredKey.Span);
                Write(to, set.Credential.ServerKey.Span);
                break;
            case MetadataChange.CredentialDeleted deleted:
                Begin(to, Kind.CredentialDeleted).Write(deleted.User);
                to.Write((sbyte)deleted.Mechanism);
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
                Write(Begin(to, Kind.DecoySecretMade), made.Secret.AsSpan());
                break;
            default:
                throw new InvalidOperationException($"no record holds {change.GetType().Name}");
        }
    }

    private static MetadataChange Read(BinaryReader from) => (Kind)from.ReadByte() switch
    {
        Kind.TopicCreated => new MetadataChange.TopicCreated(
            new Topic(from.ReadString(), Id(from), from.ReadInt32(), Configs(from))),
        Kind.TopicDeleted => new MetadataChange.TopicDeleted(Id(from)),
        Kind.PartitionsGrown => new MetadataChange.PartitionsGrown(Id(from), from.ReadInt32()),
        Kind.TopicConfigsSet => new MetadataChange.TopicConfigsSet(Id(from), Configs(from)),
        Kind.BrokerConfigsSet => new MetadataChange.BrokerConfigsSet(from.ReadString(), Configs(from)),
        Kind.CredentialSet => new MetadataChange.CredentialSet(from.ReadString(), Credential(from)),
        Kind.CredentialDeleted => new MetadataChange.CredentialDeleted(from.ReadString(), (ScramMechanism)from.ReadSByte()),
        Kind.AclAdded => new MetadataChange.AclAdded(ReadAcl(from)),
        Kind.AclRemoved => new MetadataChange.AclRemoved(ReadAcl(from)),
        Kind.QuotasSet => Quotas(from),
        Kind.ProducerIdsReserved => new MetadataChange.ProducerIdsReserved(from.ReadInt64()),
        Kind.DecoySecretMade => new MetadataChange.DecoySecretMade([.. Bytes(from)]),
        var unknown => throw new InvalidDataException(
            $"The metadata journal has a change of the unknown kind {(byte)unknown}: a newer broker wrote it."),
    };

    private static BinaryWriter Begin(BinaryWriter to, Kind kind)
    {
        to.Write((byte)kind);
        return to;
    }

    private static void Write(BinaryWriter to, ReadOnlySpan<byte> bytes)
    {
        to.Write(bytes.Length);
        to.Write(bytes);
    }

    private static void Write(BinaryWriter to, ImmutableDictionary<string, string> configs)
    {
        to.Write(configs.Count);
        foreach (var (name, value) in configs)
        {
            to.Write(name);
            to.Write(value);
        }
    }

    private static void Write(BinaryWriter to, Acl acl)
    {
        to.Write((sbyte)acl.Resource.Type);
        to.Write((sbyte)acl.Resource.Pattern);
        to.Write(acl.Resource.Name);
        to.Write(acl.Principal);
        to.Write(acl.Host);
        to.Write((sbyte)acl.Operation);
        to.Write((sbyte)acl.Permission);
    }

    private static void Write(BinaryWriter to, MetadataChange.QuotasSet set)
    {
        foreach (var part in new[] { set.Entity.User, set.Entity.ClientId, set.Entity.Ip })
        {
            to.Write(part is not null);
            if (part is not null) to.Write(part);
        }

        to.Write(set.Quotas.Count);
        foreach (var (name, value) in set.Quotas)
        {
            to.Write(name);
            to.Write(value);
        }
    }

    private static Guid Id(BinaryReader from) => new(Exactly(from, 16), bigEndian: true);

    private static byte[] Bytes(BinaryReader from) => Exactly(from, from.ReadInt32());

    private static byte[] Exactly(BinaryReader from, int count)
    {
        if (count < 0 || count > from.BaseStream.Length - from.BaseStream.Position) throw new EndOfStreamException();
        return from.ReadBytes(count);
    }

    private static ImmutableDictionary<string, string> Configs(BinaryReader from)
    {
        var configs = ImmutableDictionary.CreateBuilder<string, string>();
        for (var left = from.ReadInt32(); left > 0; left--) configs[from.ReadString()] = from.ReadString();
        return configs.ToImmutable();
    }

    private static ScramCredential Credential(BinaryReader from) =>
        new((ScramMechanism)from.ReadSByte(), Bytes(from), from.ReadInt32(), Bytes(from), Bytes(from));

    private static Acl ReadAcl(BinaryReader from) => new(
        new ResourcePattern((ResourceType)from.ReadSByte(), (PatternType)from.ReadSByte(), from.ReadString()),
        from.ReadString(),
        from.ReadString(),
        (AclOperation)from.ReadSByte(),
        (AclPermission)from.ReadSByte());

    private static MetadataChange.QuotasSet Quotas(BinaryReader from)
    {
        var entity = new QuotaEntity(Part(from), Part(from), Part(from));
        var quotas = ImmutableDictionary.CreateBuilder<string, double>();
        for (var left = from.ReadInt32(); left > 0; left--) quotas[from.ReadString()] = from.ReadDouble();
        return new MetadataChange.QuotasSet(entity, quotas.ToImmutable());
    }

    private static string? Part(BinaryReader from) => from.ReadBoolean() ? from.ReadString() : null;
}
