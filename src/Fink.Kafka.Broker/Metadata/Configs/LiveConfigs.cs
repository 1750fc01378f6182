using System.Globalization;
using Fink.Kafka.Broker.Configuration;

namespace Fink.Kafka.Broker.Metadata.Configs;

/// <summary>The broker's configurations of the moment: what it was started with, under what was set over the wire.</summary>
internal sealed class LiveConfigs(BrokerConfigs atStart, int nodeId, MetadataStore metadata)
{
    private readonly string _ours = nodeId.ToString(CultureInfo.InvariantCulture);

    public int NodeId => nodeId;

    public BrokerConfigs Broker => At(metadata.Image);

    public BrokerConfigs At(MetadataImage image) => atStart.With(image.ConfigsOf(_ours), image.ConfigsOf(""));

    public TopicConfigValues Of(Topic topic) => new(topic.Configs, Broker);
}
