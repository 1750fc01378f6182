using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Partitions;

/// <summary>A topic that a client named: its partitions' logs, or why there are none for this client.</summary>
/// <param name="Topic">Null where the client gets nothing of it.</param>
/// <param name="Missing">What each partition answers that the client does not get.</param>
internal readonly record struct OpenedTopic(Topic? Topic, ErrorCode Missing, IPartitionLogs Logs)
{
    /// <summary>What is wrong with the topic as a whole.</summary>
    public ErrorCode Error => Topic is null ? Missing : ErrorCode.None;

    public PartitionLog? Find(int partition) => Topic is null ? null : Logs.Find(Topic, partition);
}
