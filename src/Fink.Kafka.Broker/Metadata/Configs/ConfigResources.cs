using System.Collections.Immutable;
using System.Globalization;
using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Metadata.Configs;

/// <summary>What there is that has configurations: topics, this broker, and all brokers together.</summary>
internal static class ConfigResources
{
    /// <summary>Why there is no such thing; null where there is.</summary>
    public static Refusal? Refuse(MetadataImage image, int nodeId, ConfigResource resource) => resource.Type switch
    {
        ConfigResourceType.Topic => RefuseTopic(image, resource.Name),
        ConfigResourceType.Broker => RefuseBroker(nodeId, resource.Name),
        ConfigResourceType.BrokerLogger => Invalid("The loggers of this broker cannot be configured by clients."),
        _ => Invalid($"Resources of type {(sbyte)resource.Type} have no configuration here."),
    };

    /// <summary>What is set for a thing that there is.</summary>
    public static ImmutableDictionary<string, string> SetFor(MetadataImage image, ConfigResource resource) =>
        resource.Type == ConfigResourceType.Topic ? image.Topics[resource.Name].Configs : image.ConfigsOf(resource.Name);

    /// <summary>Everything that a thing is configured with; of all brokers together, only what is set for them.</summary>
    /// <param name="broker">The broker's own, as they are now.</param>
    public static IReadOnlyList<ConfigEntry> Describe(MetadataImage image, ConfigResource resource, BrokerConfigs broker)
    {
        if (resource.Type == ConfigResourceType.Topic) return ConfigDescriptions.OfTopic(image.Topics[resource.Name].Configs, broker);

        return resource.Name.Length == 0 ? ConfigDescriptions.OfAllBrokers(image.ConfigsOf("")) : ConfigDescriptions.OfBroker(broker);
    }

    private static Refusal? RefuseTopic(MetadataImage image, string name)
    {
        if (image.Topics.ContainsKey(name)) return null;

        return TopicName.Complaint(name) is { } complaint
            ? new Refusal(ErrorCode.InvalidTopicException, complaint)
            : new Refusal(ErrorCode.UnknownTopicOrPartition, $"There is no topic '{name}'.");
    }

    private static Refusal? RefuseBroker(int nodeId, string name)
    {
        var ours = nodeId.ToString(CultureInfo.InvariantCulture);
        return name.Length == 0 || name == ours
            ? null
            : Invalid($"The broker's id is {ours} (empty for all brokers), not '{name}'.");
    }

    private static Refusal Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
