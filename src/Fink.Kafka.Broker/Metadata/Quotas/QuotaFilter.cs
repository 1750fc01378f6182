using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Metadata.Quotas;

internal readonly record struct QuotaFilterPart(string Type, QuotaMatchType How, string? Name);

/// <summary>Chooses quotas by whom they are for.</summary>
/// <param name="IsStrict">Whether an entity may have no other parts than those of the filter.</param>
internal sealed record QuotaFilter(IReadOnlyList<QuotaFilterPart> Parts, bool IsStrict)
{
    /// <summary>What is wrong with it, in words for the client; no error where it can be used.</summary>
    public (ErrorCode Error, string? Message) Complaint()
    {
        HashSet<string> types = [];
        foreach (var part in Parts)
        {
            if (part.Type.Length == 0) return Invalid("Invalid empty entity type.");
            if (!types.Add(part.Type)) return Invalid($"Entity type {part.Type} cannot appear more than once in the filter.");
            if (part.Type is not (QuotaNames.User or QuotaNames.ClientId or QuotaNames.Ip))
            {
                return (ErrorCode.UnsupportedVersion, $"Unsupported entity type {part.Type}");
            }

            if (part.How is not (QuotaMatchType.Exact or QuotaMatchType.Default or QuotaMatchType.Any))
            {
                return Invalid($"Unknown match type {(sbyte)part.How}");
            }

            if (part.How == QuotaMatchType.Exact != part.Name is not null)
            {
                return Invalid("A match string must be given with an exact match, and with no other.");
            }
        }

        return types.Contains(QuotaNames.Ip) && types.Count > 1
            ? Invalid("Invalid entity filter component combination. " +
                "IP filter component should not be used with user or clientId filter component.")
            : (ErrorCode.None, null);
    }

    public bool Matches(QuotaEntity entity) =>
        (!IsStrict || NamedParts(entity) == Parts.Count)
        && Parts.All(part => PartOf(entity, part.Type) is { } name && part.How switch
        {
            QuotaMatchType.Exact => name == part.Name && name != QuotaEntity.Default,
            QuotaMatchType.Default => name == QuotaEntity.Default,
            _ => true,
        });

    private static string? PartOf(QuotaEntity entity, string type) => type switch
    {
        QuotaNames.User => entity.User,
        QuotaNames.ClientId => entity.ClientId,
        _ => entity.Ip,
    };

    private static int NamedParts(QuotaEntity entity) =>
        (entity.User is null ? 0 : 1) + (entity.ClientId is null ? 0 : 1) + (entity.Ip is null ? 0 : 1);

    private static (ErrorCode Error, string? Message) Invalid(string message) => (ErrorCode.InvalidRequest, message);
}
