using System.Collections.Immutable;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>What DescribeConfigs answers: every configuration there is, with its source and synonyms.</summary>
internal static class ConfigDescriptions
{
    public static IReadOnlyList<ConfigEntry> OfTopic(ImmutableDictionary<string, string> set, BrokerConfigs broker)
    {
        var values = new TopicConfigValues(set, broker);
        return [.. TopicConfigs.All.Select(config => OfTopic(config, values.Value(config.Name), set.ContainsKey(config.Name), broker))];
    }

    /// <summary>As CreateTopics answers it: Kafka tells whoever makes a topic of the broker's hours, too.</summary>
    public static IReadOnlyList<ConfigEntry> OfNewTopic(ImmutableDictionary<string, string> set, BrokerConfigs broker) =>
        [.. OfTopic(set, broker).Select(entry => entry.Source == ConfigSource.DefaultConfig ? entry with { Source = Origin(entry.Name, broker) } : entry)];

    public static IReadOnlyList<ConfigEntry> OfBroker(BrokerConfigs broker) =>
        [.. BrokerConfigCatalog.All.Select(config => Entry(config, [.. broker.Sources(Siblings(config.Name)).SkipWhile(s => s.Name != config.Name)]))];

    /// <summary>What is set for all brokers, and nothing else.</summary>
    public static IReadOnlyList<ConfigEntry> OfAllBrokers(ImmutableDictionary<string, string> forAll) =>
    [
        .. forAll.OrderBy(set => set.Key, StringComparer.Ordinal)
            .Select(set => Entry(BrokerConfigCatalog.Find(set.Key)!, [new(set.Key, set.Value, ConfigSource.DynamicDefaultBrokerConfig)])),
    ];

    // As Kafka has it, what stands before the first synonym's own name is not told: hours do not show up where milliseconds are asked.
    private static ConfigEntry OfTopic(TopicConfig config, string value, bool isSet, BrokerConfigs broker)
    {
        List<ConfigSynonym> synonyms =
        [
            .. broker.Sources([.. config.Synonyms.Select(s => s.Name)]).SkipWhile(s => s.Name != config.Synonyms[0].Name),
        ];
        if (config is { Synonyms: [var first, ..], Definition.Default: { } byDefault } && BrokerConfigCatalog.Find(first.Name) is null)
        {
            // A property without effect here, which is shown as if nobody had set it.
            synonyms.Add(new ConfigSynonym(first.Name, byDefault, ConfigSource.DefaultConfig));
        }

        if (isSet) synonyms.Insert(0, new ConfigSynonym(config.Name, value, ConfigSource.DynamicTopicConfig));
        var source = synonyms.Count > 0 ? synonyms[0].Source : ConfigSource.DefaultConfig;
        return new ConfigEntry(config.Name, value, source, IsReadOnly: false, IsSensitive: false, config.Definition.Type, synonyms);
    }

    private static ConfigEntry Entry(BrokerConfig config, IReadOnlyList<ConfigSynonym> synonyms)
    {
        var definition = config.Definition;
        var shown = definition.IsSensitive ? [.. synonyms.Select(s => s with { Value = null })] : synonyms;
        return new ConfigEntry(
            config.Name,
            shown.Count > 0 ? shown[0].Value : null,
            shown.Count > 0 ? shown[0].Source : ConfigSource.DefaultConfig,
            !config.IsDynamic,
            definition.IsSensitive,
            definition.Type,
            shown);
    }

    private static ConfigSource Origin(string topicConfig, BrokerConfigs broker) =>
        broker.Sources([.. TopicConfigs.Find(topicConfig)!.Synonyms.Select(s => s.Name)]).FirstOrDefault()?.Source ?? ConfigSource.DefaultConfig;

    /// <summary>Milliseconds, minutes and hours of one thing are told together.</summary>
    private static string[] Siblings(string name) =>
        TopicConfigs.All.FirstOrDefault(topic => topic.Synonyms.Any(s => s.Name == name)) is { } topic
            ? [.. topic.Synonyms.Select(s => s.Name)]
            : [name];
}
