using System.Collections.Immutable;

namespace Fink.Kafka.Broker.Metadata.Quotas;

/// <param name="Name">Null for the default of its type.</param>
internal readonly record struct QuotaEntityPart(string Type, string? Name);

/// <param name="Value">Null to remove the quota.</param>
internal readonly record struct QuotaOperation(string Key, double? Value);

internal sealed record QuotaAlteration(IReadOnlyList<QuotaEntityPart> Entity, IReadOnlyList<QuotaOperation> Operations);

/// <summary>Setting and removing quotas, as a decision on an image: an entity's operations are made all or none.</summary>
internal static class QuotaAlterations
{
    private static readonly ImmutableDictionary<string, double> NoQuotas = ImmutableDictionary<string, double>.Empty;

    /// <returns>The changes, and for each alteration what is wrong with it, or null.</returns>
    public static (IReadOnlyList<MetadataChange> Changes, IReadOnlyList<string?> Complaints) Decide(
        MetadataImage image, IReadOnlyList<QuotaAlteration> alterations)
    {
        List<MetadataChange> changes = [];
        HashSet<QuotaEntity> seen = [];
        var complaints = new string?[alterations.Count];
        for (var i = 0; i < complaints.Length; i++)
        {
            complaints[i] = Decide(image, alterations[i], seen, changes);
        }

        return (changes, complaints);
    }

    private static string? Decide(
        MetadataImage image, QuotaAlteration alteration, HashSet<QuotaEntity> seen, List<MetadataChange> changes)
    {
        if (Entity(alteration.Entity, out var entity) is { } complaint) return complaint;
        if (!seen.Add(entity)) return "Ignoring duplicate entity";

        var before = image.Quotas.GetValueOrDefault(entity, NoQuotas);
        var after = before.ToBuilder();
        HashSet<string> keys = [];
        foreach (var (key, value) in alteration.Operations)
        {
            if (!keys.Add(key)) return $"Duplicate quota key {key}";
            if (value is not { } limit) after.Remove(key);
            else if (QuotaNames.Complaint(entity, key, limit) is { } wrong) return wrong;
            else after[key] = limit;
        }

        if (!IsSame(before, after)) changes.Add(new MetadataChange.QuotasSet(entity, after.ToImmutable()));
        return null;
    }

    private static string? Entity(IReadOnlyList<QuotaEntityPart> parts, out QuotaEntity entity)
    {
        entity = new QuotaEntity(null, null, null);
        if (parts.Count == 0) return "Invalid empty client quota entity";
        HashSet<string> types = [];
        foreach (var (type, name) in parts)
        {
            if (!types.Add(type)) return $"Invalid client quota entity, duplicate entity entry {type}";
            if (name is "" or QuotaEntity.Default) return $"Empty {type} not supported";
            switch (type)
            {
                case QuotaNames.User:
                    entity = entity with { User = name ?? QuotaEntity.Default };
                    break;
                case QuotaNames.ClientId:
                    entity = entity with { ClientId = name ?? QuotaEntity.Default };
                    break;
                case QuotaNames.Ip:
                    entity = entity with { Ip = name ?? QuotaEntity.Default };
                    break;
                default:
                    return $"Unhandled client quota entity type: {type}";
            }
        }

        return AddressComplaint(entity);
    }

    /// <summary>Kafka looks a host's name up; here, where nobody waits for a name server, it need only be able to be one.</summary>
    private static string? AddressComplaint(QuotaEntity entity)
    {
        if (entity.Ip is null) return null;
        if (entity.User is not null || entity.ClientId is not null)
        {
            return "Invalid quota entity combination, IP entity should not be combined with User or ClientId";
        }

        return entity.Ip == QuotaEntity.Default || Uri.CheckHostName(entity.Ip) != UriHostNameType.Unknown
            ? null
            : $"{entity.Ip} is not a valid IP or resolvable host.";
    }

    private static bool IsSame(ImmutableDictionary<string, double> before, ImmutableDictionary<string, double>.Builder after) =>
        before.Count == after.Count
        && after.All(quota => before.TryGetValue(quota.Key, out var value) && value.Equals(quota.Value));
}
