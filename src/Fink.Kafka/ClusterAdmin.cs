using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Clients;
using Fink.Kafka.Topics;

namespace Fink.Kafka;

/// <summary>The cluster itself: who answers, and who is its controller.</summary>
public sealed class ClusterAdmin
{
    private readonly AdminSession _session;

    internal ClusterAdmin(AdminSession session) => _session = session;

    /// <summary>What one broker, any that the client knows, has in its metadata.</summary>
    public Task<ClusterView> DescribeAsync(CancellationToken cancellationToken) =>
        _session.RunBlockingAsync(
            "describe the cluster",
            (client, timeout) => new ClusterView(
                [.. client.GetMetadata(timeout).Brokers.OrderBy(b => b.BrokerId).Select(b => new BrokerNode(b.BrokerId, b.Host, b.Port))],
                NativeCluster.ClusterId(client),
                NativeCluster.ControllerId(client)),
            cancellationToken);

    /// <summary>How many partitions the user may see, and which of them nobody serves.</summary>
    public async Task<LeaderView> LeadersAsync(CancellationToken cancellationToken)
    {
        var topics = (await MetadataAsync(cancellationToken).ConfigureAwait(false)).Topics;
        return new LeaderView(
            topics.Sum(topic => topic.Partitions.Count),
            [
                .. topics.OrderBy(topic => topic.Topic, StringComparer.Ordinal)
                    .SelectMany(topic => topic.Partitions.Where(p => !TopicReading.HasLeader(p)).OrderBy(p => p.PartitionId), (topic, p) => $"{topic.Topic}-{p.PartitionId}"),
            ]);
    }

    /// <summary>
    /// The latest time stamp of any record in some of the topics, by their producers' clocks: the only clock that Kafka shows.
    /// Null where there is no record, or none that the user may see.
    /// </summary>
    public async Task<NewestRecord?> NewestRecordAsync(CancellationToken cancellationToken)
    {
        const int enough = 100;
        var specs = (await MetadataAsync(cancellationToken).ConfigureAwait(false)).Topics
            .Where(topic => !topic.Topic.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(topic => topic.Partitions.Where(TopicReading.HasLeader), (topic, partition) => new TopicPartitionOffsetSpec
            {
                TopicPartition = new TopicPartition(topic.Topic, partition.PartitionId),
                OffsetSpec = OffsetSpec.MaxTimestamp(),
            }).Take(enough).ToList();
        if (specs.Count == 0)
        {
            return null;
        }

        var offsets = await _session.RunAsync(
            "look for the newest record",
            async (client, timeout) =>
            {
                try
                {
                    return (await client.ListOffsetsAsync(specs, new ListOffsetsOptions { RequestTimeout = timeout }).ConfigureAwait(false)).ResultInfos;
                }
                catch (ListOffsetsException e)
                {
                    return e.Result.ResultInfos;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return offsets.Where(offset => offset.Timestamp > 0).OrderByDescending(offset => offset.Timestamp)
            .Select(offset => new NewestRecord(offset.TopicPartitionOffsetError.Topic, DateTimeOffset.FromUnixTimeMilliseconds(offset.Timestamp)))
            .FirstOrDefault();
    }

    /// <summary>Of all topics: it makes none.</summary>
    private Task<Metadata> MetadataAsync(CancellationToken cancellationToken) => _session.RunBlockingAsync(
        "list topics", (client, timeout) => client.GetMetadata(timeout), cancellationToken);
}

/// <param name="WithoutLeader">As TOPIC-PARTITION, by topic.</param>
public sealed record LeaderView(int Partitions, IReadOnlyList<string> WithoutLeader)
{
    private const int Named = 5;

    /// <summary>How many there are, and the first by name.</summary>
    public string Summary =>
        $"{WithoutLeader.Count} of {Partitions} {(Partitions == 1 ? "partition" : "partitions")} without a leader: {string.Join(", ", WithoutLeader.Take(Named))}{(WithoutLeader.Count > Named ? ", …" : "")}";
}

public sealed record NewestRecord(string Topic, DateTimeOffset Time);

/// <param name="ClusterId">Null from a broker that gives none.</param>
/// <param name="Controller">
/// The node that answers for the controller, or null while there is none. Without ZooKeeper it is any broker.
/// </param>
public sealed record ClusterView(IReadOnlyList<BrokerNode> Brokers, string? ClusterId, int? Controller);

public sealed record BrokerNode(int Id, string Host, int Port);
