namespace Fink.Kafka.Broker.Metadata.Quotas;

/// <summary>Kafka's words for whom a quota is for and what it limits.</summary>
internal static class QuotaNames
{
    public const string User = "user";
    public const string ClientId = "client-id";
    public const string Ip = "ip";

    /// <summary>What can be limited, and the largest value where it is whole numbers only; those for an address are others.</summary>
    private static readonly Dictionary<string, double?> OfClients = new()
    {
        ["producer_byte_rate"] = long.MaxValue,
        ["consumer_byte_rate"] = long.MaxValue,
        ["request_percentage"] = null,
        ["controller_mutation_rate"] = null,
    };

    private static readonly Dictionary<string, double?> OfAddresses = new() { ["connection_creation_rate"] = int.MaxValue };

    public static IEnumerable<QuotaEntityPart> PartsOf(QuotaEntity entity)
    {
        foreach (var (type, name) in new[] { (User, entity.User), (ClientId, entity.ClientId), (Ip, entity.Ip) })
        {
            if (name is not null) yield return new QuotaEntityPart(type, name == QuotaEntity.Default ? null : name);
        }
    }

    /// <summary>What is wrong with a value, in words for the client; null where nothing is.</summary>
    public static string? Complaint(QuotaEntity entity, string key, double value)
    {
        if (!(entity.Ip is null ? OfClients : OfAddresses).TryGetValue(key, out var largestWhole))
        {
            return $"Invalid configuration key {key}";
        }

        // Written so that what is no number is refused, too.
        if (!(value > 0.0)) return $"Quota {key} must be greater than 0";
        if (largestWhole is not { } largest) return null;
        if (value > largest) return $"Proposed value for {key} is too large";
        return Math.Abs(value % 1.0) > 1e-6 ? $"{key} cannot be a fractional value." : null;
    }
}
