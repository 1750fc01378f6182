namespace Fink.Kafka.Broker.Metadata.Topics;

/// <summary>A topic as somebody wants it.</summary>
/// <param name="Partitions">-1 for the broker's default, and where <paramref name="Assignments"/> says it.</param>
/// <param name="Replicas">The same.</param>
/// <param name="Assignments">The brokers of each partition, chosen by hand; empty for "as the broker likes".</param>
internal sealed record NewTopic(
    string Name,
    int Partitions,
    int Replicas,
    IReadOnlyList<PartitionAssignment> Assignments,
    IReadOnlyList<KeyValuePair<string, string?>> Configs)
{
    public const int Default = -1;

    /// <summary>One that nothing is said about.</summary>
    public static NewTopic Named(string name) => new(name, Default, Default, [], []);
}

/// <param name="Brokers">By their ids.</param>
internal sealed record PartitionAssignment(int Partition, IReadOnlyList<int> Brokers);
