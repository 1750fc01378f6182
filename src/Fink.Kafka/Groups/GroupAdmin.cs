using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Clients;

namespace Fink.Kafka.Groups;

/// <summary>Consumer groups and how far behind they are.</summary>
public sealed class GroupAdmin
{
    private readonly AdminSession _session;

    internal GroupAdmin(AdminSession session) => _session = session;

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<GroupSummary>> ListAsync(CancellationToken cancellationToken)
    {
        var answer = await _session.RunAsync(
            "list groups",
            async (client, timeout) =>
            {
                try
                {
                    return await client.ListConsumerGroupsAsync(
                        new ListConsumerGroupsOptions { RequestTimeout = timeout }).ConfigureAwait(false);
                }
                catch (ListConsumerGroupsException e)
                {
                    _session.ThrowIfAny(
                        "list groups", [.. e.Results.Errors.Select(x => ("broker", x))], e.Results.Errors.Count);
                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return
        [
            .. answer.Valid.Select(g => new GroupSummary(g.GroupId, g.State.ToString(), g.IsSimpleConsumerGroup))
                .OrderBy(g => g.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>A group that the cluster does not know is <see cref="FailureKind.NotFound"/>.</summary>
    public async Task<GroupDescription> DescribeAsync(string group, CancellationToken cancellationToken)
    {
        var attempt = $"describe group {group}";
        var shape = await ShapeAsync(attempt, group, cancellationToken).ConfigureAwait(false);
        var committed = await CommittedAsync(attempt, group, cancellationToken).ConfigureAwait(false);
        if (shape.State is ConsumerGroupState.Dead && committed.Count == 0)
        {
            throw Wording.Exception(
                _session.Connection, attempt, new Failure(FailureKind.NotFound, "there is no such group"));
        }

        var readers = shape.Members
            .SelectMany(m => (m.Assignment?.TopicPartitions ?? []).Select(p => (Partition: p, m.ConsumerId)))
            .ToLookup(p => p.Partition, p => p.ConsumerId);
        List<TopicPartition> partitions =
        [
            .. committed.Keys.Union(readers.Select(r => r.Key))
                .OrderBy(p => p.Topic, StringComparer.Ordinal).ThenBy(p => p.Partition.Value),
        ];
        var ends = await EndsAsync(attempt, partitions, cancellationToken).ConfigureAwait(false);
        return new GroupDescription(
            group,
            shape.State.ToString(),
            shape.Coordinator is { Id: >= 0 } coordinator ? coordinator.Id : null,
            [
                .. shape.Members.Select(m => new GroupMember(
                    m.ConsumerId, m.ClientId, m.Host, m.Assignment?.TopicPartitions.Count ?? 0)),
            ],
            [.. partitions.Select(p => Lag(p, committed, ends, readers[p].FirstOrDefault()))]);
    }

    private static PartitionLag Lag(
        TopicPartition partition,
        Dictionary<TopicPartition, long> committed,
        Dictionary<TopicPartition, long> ends,
        string? member)
    {
        long? at = committed.TryGetValue(partition, out var offset) ? offset : null;
        long? end = ends.TryGetValue(partition, out var last) ? last : null;
        return new PartitionLag(
            partition.Topic, partition.Partition.Value, at, end, at is null || end is null ? null : Math.Max(0, end.Value - at.Value), member);
    }

    private Task<ConsumerGroupDescription> ShapeAsync(
        string attempt, string group, CancellationToken cancellationToken) =>
        _session.RunAsync(
            attempt,
            async (client, timeout) =>
            {
                DescribeConsumerGroupsResult result;
                try
                {
                    result = await client.DescribeConsumerGroupsAsync(
                        [group], new DescribeConsumerGroupsOptions { RequestTimeout = timeout }).ConfigureAwait(false);
                }
                catch (DescribeConsumerGroupsException e)
                {
                    var error = e.Results.ConsumerGroupDescriptions[0].Error;
                    _session.ThrowIfAny(attempt, [(group, error)], of: 1);
                    throw;
                }

                return result.ConsumerGroupDescriptions[0];
            },
            cancellationToken);

    private Task<Dictionary<TopicPartition, long>> CommittedAsync(
        string attempt, string group, CancellationToken cancellationToken) =>
        _session.RunAsync(
            attempt,
            async (client, timeout) =>
            {
                List<TopicPartitionOffsetError> offsets;
                try
                {
                    var results = await client.ListConsumerGroupOffsetsAsync(
                        [new ConsumerGroupTopicPartitions(group, null)],
                        new ListConsumerGroupOffsetsOptions { RequestTimeout = timeout, RequireStableOffsets = true })
                        .ConfigureAwait(false);
                    offsets = [.. results[0].Partitions];
                }
                catch (ListConsumerGroupOffsetsException e)
                {
                    if (e.Results[0].Error is { IsError: true } error)
                    {
                        _session.ThrowIfAny(attempt, [(group, error)], of: 1);
                    }

                    offsets = [.. e.Results[0].Partitions];
                }

                return offsets
                    .Where(o => !o.Error.IsError && o.Offset.Value >= 0)
                    .ToDictionary(o => o.TopicPartition, o => o.Offset.Value);
            },
            cancellationToken);

    /// <summary>The ends that a read_committed reader sees; none for a topic that is gone or not to be seen.</summary>
    private async Task<Dictionary<TopicPartition, long>> EndsAsync(
        string attempt, List<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        if (partitions.Count == 0)
        {
            return [];
        }

        var results = await _session.RunAsync(
            attempt,
            async (client, timeout) =>
            {
                var specs = partitions.Select(p => new TopicPartitionOffsetSpec
                {
                    TopicPartition = p,
                    OffsetSpec = OffsetSpec.Latest(),
                });
                var options = new ListOffsetsOptions
                {
                    RequestTimeout = timeout,
                    IsolationLevel = IsolationLevel.ReadCommitted,
                };
                try
                {
                    return (await client.ListOffsetsAsync(specs, options).ConfigureAwait(false)).ResultInfos;
                }
                catch (ListOffsetsException e)
                {
                    return e.Result.ResultInfos;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return results
            .Where(r => !r.TopicPartitionOffsetError.Error.IsError)
            .ToDictionary(
                r => r.TopicPartitionOffsetError.TopicPartition, r => r.TopicPartitionOffsetError.Offset.Value);
    }
}
