namespace Fink.Kafka.Broker.Metadata.Topics;

/// <summary>What topics need of the disk: a log for each of their partitions.</summary>
internal interface ITopicLogs
{
    /// <summary>An empty log for each partition that has none.</summary>
    /// <exception cref="IOException">Some partitions may have theirs.</exception>
    void Create(Topic topic);

    /// <summary>The topic's logs and all that is in them, gone. What cannot be removed now is at the next start.</summary>
    void Delete(Topic topic);

    /// <summary>From now on the logs go by what is set for the topic, and by the broker's properties of the moment.</summary>
    void Configure(Topic topic);
}
