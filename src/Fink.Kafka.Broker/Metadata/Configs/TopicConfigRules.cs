using System.Collections.Immutable;
using System.Globalization;
using Fink.Kafka.Broker.Configuration;

namespace Fink.Kafka.Broker.Metadata.Configs;

/// <summary>Which configurations a topic can have.</summary>
internal static class TopicConfigRules
{
    /// <summary>What is wrong with all that shall be set for a topic; null where nothing is.</summary>
    public static string? Complaint(ImmutableDictionary<string, string> set)
    {
        foreach (var (name, value) in set.OrderBy(config => config.Key, StringComparer.Ordinal))
        {
            if (TopicConfigs.Find(name) is not { } config) return Unknown(name);
            if (config.Definition.Complaint(value) is { } complaint) return complaint;
        }

        if (set.TryGetValue(TopicConfigs.RemoteStorageEnable, out var remote) && bool.Parse(remote))
        {
            return $"{TopicConfigs.RemoteStorageEnable} cannot be true: there is no tiered storage.";
        }

        var least = LongOf(set, TopicConfigs.MinCompactionLagMs);
        var most = LongOf(set, TopicConfigs.MaxCompactionLagMs);
        return least > most
            ? $"{TopicConfigs.MinCompactionLagMs} ({least}) is more than {TopicConfigs.MaxCompactionLagMs} ({most})."
            : null;
    }

    /// <summary>The values as they are shown: valid ones, in the one way to write each.</summary>
    public static ImmutableDictionary<string, string> Canonical(ImmutableDictionary<string, string> set) =>
        set.ToImmutableDictionary(config => config.Key, config => TopicConfigs.Find(config.Key)!.Definition.Canonical(config.Value));

    private static string Unknown(string name)
    {
        var near = NearMatches.Of(name, TopicConfigs.All.Select(config => config.Name));
        return $"Unknown topic config name: {name}{(near.Count > 0 ? $"; did you mean {string.Join(" or ", near)}?" : "")}";
    }

    private static long LongOf(ImmutableDictionary<string, string> set, string name) =>
        long.Parse(set.GetValueOrDefault(name) ?? TopicConfigs.Find(name)!.Definition.Default!, CultureInfo.InvariantCulture);
}
