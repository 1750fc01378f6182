using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Clients;
using Shape = Confluent.Kafka.TopicMetadata;

namespace Fink.Kafka.Topics;

/// <summary>The questions behind <see cref="TopicAdmin"/>.</summary>
internal sealed class TopicReading(AdminSession session)
{
    private static readonly string[] Internal = ["__consumer_offsets", "__transaction_state", "__share_group_state"];

    public async Task<IReadOnlyList<string>> ListAsync(bool includeInternal, CancellationToken cancellationToken)
    {
        // Without a topic GetMetadata creates none.
        var metadata = await session.RunBlockingAsync(
            "list topics", (client, timeout) => client.GetMetadata(timeout), cancellationToken).ConfigureAwait(false);
        return
        [
            .. metadata.Topics.Select(t => t.Topic)
                .Where(t => includeInternal || !Internal.Contains(t))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// What each topic consists of, with an error for one that is not there or may not be seen. Asked by Metadata:
    /// librdkafka's DescribeTopics (2.16) spoils its own memory over a partition without a leader.
    /// </summary>
    public Task<List<Shape>> ShapesAsync(
        string attempt, IReadOnlyList<string> topics, CancellationToken cancellationToken) =>
        session.RunBlockingAsync(
            attempt,
            (client, timeout) => topics.Distinct()
                .Select(topic => client.GetMetadata(topic, timeout).Topics.Single(shape => shape.Topic == topic)).ToList(),
            cancellationToken);

    /// <summary>Each topic's configs; none where the user may not see them (DescribeConfigs).</summary>
    public Task<Dictionary<string, IReadOnlyList<TopicConfig>>> ConfigsAsync(
        string attempt, IReadOnlyList<string> topics, CancellationToken cancellationToken) =>
        session.RunAsync(
            attempt,
            async (client, timeout) =>
            {
                List<DescribeConfigsReport> reports;
                try
                {
                    var results = await client.DescribeConfigsAsync(
                        topics.Distinct().Select(Resource), new DescribeConfigsOptions { RequestTimeout = timeout })
                        .ConfigureAwait(false);
                    reports = [.. results.Select(r => new DescribeConfigsReport
                    {
                        ConfigResource = r.ConfigResource, Entries = r.Entries, Error = new Error(ErrorCode.NoError),
                    })];
                }
                catch (DescribeConfigsException e)
                {
                    reports = e.Results;
                }

                session.ThrowIfAny(
                    attempt,
                    [.. reports
                        .Where(r => r.Error.IsError && r.Error.Code != ErrorCode.TopicAuthorizationFailed)
                        .Select(r => (r.ConfigResource.Name, r.Error))],
                    topics.Count);
                return reports.ToDictionary(r => r.ConfigResource.Name, Configs);
            },
            cancellationToken);

    public static ConfigResource Resource(string topic) =>
        new() { Type = Confluent.Kafka.Admin.ResourceType.Topic, Name = topic };

    public static TopicDescription Describe(Shape shape, IReadOnlyList<TopicConfig> configs) => new(
        shape.Topic,
        Internal.Contains(shape.Topic),
        (short)(shape.Partitions.Count == 0 ? 0 : shape.Partitions[0].Replicas.Length),
        [
            .. shape.Partitions.OrderBy(p => p.PartitionId).Select(p => new PartitionDescription(
                p.PartitionId, HasLeader(p) ? p.Leader : null, p.Replicas, p.InSyncReplicas)),
        ],
        configs);

    public static bool HasLeader(PartitionMetadata partition) => partition.Leader >= 0;

    public static IReadOnlyList<SettingDifference> Compare(TopicSpecification wanted, TopicDescription there)
    {
        var differences = new List<SettingDifference>();
        Compare("partitions", Text(wanted.Partitions), Text(there.Partitions.Count));
        Compare("replication-factor", Text(wanted.ReplicationFactor), Text(there.ReplicationFactor));
        foreach (var (name, value) in wanted.Configs.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (there.Configs.FirstOrDefault(c => c.Name == name) is { Value: { } actual })
            {
                Compare(name, value, actual);
            }
        }

        return differences;

        void Compare(string setting, string? want, string? actual)
        {
            if (want is not null && actual is not null && want != actual)
            {
                differences.Add(new SettingDifference(setting, want, actual));
            }
        }
    }

    private static IReadOnlyList<TopicConfig> Configs(DescribeConfigsReport report) =>
        report.Error.IsError
            ? []
            :
            [
                .. report.Entries.Values.OrderBy(e => e.Name, StringComparer.Ordinal).Select(e => new TopicConfig(
                    e.Name, e.IsSensitive ? null : e.Value, e.Source == ConfigSource.DynamicTopicConfig)),
            ];

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
