namespace Fink.Kafka.Topics;

/// <param name="Partitions">Null for the cluster's default.</param>
/// <param name="ReplicationFactor">Null for the cluster's default.</param>
/// <param name="Configs">Kafka's topic configs, such as `max.message.bytes`.</param>
public sealed record TopicSpecification(
    string Name, int? Partitions, short? ReplicationFactor, IReadOnlyDictionary<string, string> Configs);

/// <param name="Created">False where it existed and was left alone.</param>
/// <param name="Differences">What an existing topic has other than asked.</param>
public sealed record TopicCreation(string Name, bool Created, IReadOnlyList<SettingDifference> Differences);

/// <param name="Setting">`partitions`, `replication-factor` or a config's name.</param>
public sealed record SettingDifference(string Setting, string Wanted, string Actual);
