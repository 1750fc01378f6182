namespace Fink.Kafka.Topics;

/// <param name="Configs">Every config with its value and whether the topic itself sets it.</param>
public sealed record TopicDescription(
    string Name,
    bool IsInternal,
    short ReplicationFactor,
    IReadOnlyList<PartitionDescription> Partitions,
    IReadOnlyList<TopicConfig> Configs);

/// <param name="Leader">Node id, or null while the partition has none.</param>
public sealed record PartitionDescription(
    int Id, int? Leader, IReadOnlyList<int> Replicas, IReadOnlyList<int> InSyncReplicas);

/// <param name="Value">Null for a sensitive config.</param>
/// <param name="IsOverride">Set on the topic, not inherited from broker or default.</param>
public sealed record TopicConfig(string Name, string? Value, bool IsOverride);
