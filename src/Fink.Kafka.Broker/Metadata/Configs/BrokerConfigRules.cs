using System.Collections.Immutable;
using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Metadata.Configs;

/// <summary>Which configurations can be set for a running broker.</summary>
internal static class BrokerConfigRules
{
    /// <summary>What is wrong with all that shall be set; null where nothing is. As Kafka, a wrong value is an invalid request here.</summary>
    public static Refusal? Refuse(ImmutableDictionary<string, string> set)
    {
        foreach (var (name, value) in set.OrderBy(config => config.Key, StringComparer.Ordinal))
        {
            if (BrokerConfigCatalog.Find(name) is not { } config) return new Refusal(ErrorCode.InvalidConfig, Unknown(name));
            if (!config.IsDynamic) return new Refusal(ErrorCode.InvalidRequest, OnlyAtStart(name));
            if (config.Definition.Complaint(value) is { } complaint) return new Refusal(ErrorCode.InvalidRequest, complaint);
        }

        return null;
    }

    public static ImmutableDictionary<string, string> Canonical(ImmutableDictionary<string, string> set) =>
        set.ToImmutableDictionary(
            config => config.Key, config => BrokerConfigCatalog.Find(config.Key)!.Definition.Canonical(config.Value));

    /// <summary>Kafka's words, and what to do.</summary>
    private static string OnlyAtStart(string name) =>
        $"Cannot update these configs dynamically: {name}. This broker takes it at its start alone: set it among its properties, and start it again.";

    private static string Unknown(string name)
    {
        if (UnusedBrokerConfigs.Refusal(name) is { } why) return $"{name} cannot be set: {why}.";
        if (UnusedBrokerConfigs.IsIgnored(name)) return $"{name} cannot be set while the broker runs: it has no effect on this broker.";

        var near = NearMatches.Of(name, BrokerConfigCatalog.All.Where(config => config.IsDynamic).Select(config => config.Name));
        return $"Unknown broker config name: {name}{(near.Count > 0 ? $"; did you mean {string.Join(" or ", near)}?" : "")}";
    }
}
