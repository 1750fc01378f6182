using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Storage.Logs;

namespace Fink.Kafka.Broker.Partitions;

/// <summary>The logs of all topics.</summary>
internal interface IPartitionLogs
{
    /// <summary>Null where the topic has no such partition, or is gone.</summary>
    PartitionLog? Find(Topic topic, int partition);
}
