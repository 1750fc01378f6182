using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Metadata.Configs;

/// <summary>
/// Brings what is set to the logs. It is read from the metadata under a lock, so that of two changes, whoever makes them, the later
/// one is also the last that a log hears of.
/// </summary>
internal sealed class LogConfiguration(MetadataStore metadata, ITopicLogs logs)
{
    /// <summary>
    /// While it is held nothing that is set reaches a log. Whoever makes logs by what is set, and then shows their topic, holds it: what
    /// is set meanwhile is brought to them afterwards.
    /// </summary>
    public Lock Gate { get; } = new();

    /// <summary>After the metadata have changed: what is set for the resource counts for the logs of the topics that there are now.</summary>
    public void Apply(ConfigResource resource)
    {
        lock (Gate)
        {
            var topics = metadata.Image.Topics;
            if (resource.Type == ConfigResourceType.Broker)
            {
                foreach (var topic in topics.Values) logs.Configure(topic);
            }
            else if (topics.TryGetValue(resource.Name, out var topic))
            {
                logs.Configure(topic);
            }
        }
    }
}
