using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Topics;

namespace Fink.Kafka.Broker.Tests.Metadata.Topics;

/// <summary>Remembers which topics have how many logs, and who else was to be told.</summary>
internal sealed class RecordingLogs : ITopicLogs
{
    public Dictionary<Guid, int> Partitions { get; } = [];

    public List<Topic> Configured { get; } = [];

    /// <summary>The name of a topic for which the disk has no room.</summary>
    public string? Refused { get; set; }

    public Action? Touched { get; set; }

    public void Create(Topic topic)
    {
        Touched?.Invoke();
        if (topic.Name == Refused) throw new IOException("No space left on device.");
        Partitions[topic.Id] = topic.Partitions;
    }

    public void Delete(Topic topic)
    {
        Touched?.Invoke();
        Partitions.Remove(topic.Id);
    }

    public void Configure(Topic topic) => Configured.Add(topic);
}
