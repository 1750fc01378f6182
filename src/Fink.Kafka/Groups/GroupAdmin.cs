using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Clients;
using Fink.Kafka.Topics;

namespace Fink.Kafka.Groups;

/// <summary>Consumer groups and how far behind they are.</summary>
public sealed class GroupAdmin
{
    private const string OffsetsTopic = "__consumer_offsets";

    // A coordinator that is being chosen, or reads its groups, answers so for a moment.
    private static readonly ErrorCode[] Passing =
        [ErrorCode.GroupLoadInProgress, ErrorCode.GroupCoordinatorNotAvailable, ErrorCode.NotCoordinatorForGroup];

    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(3);

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
        if (await IsNowhereAsync(attempt, group, cancellationToken).ConfigureAwait(false))
        {
            throw NoSuchGroup(attempt);
        }

        var shape = await ShapeAsync(attempt, group, cancellationToken).ConfigureAwait(false);
        var committed = await CommittedAsync(attempt, group, cancellationToken).ConfigureAwait(false);
        if (shape.State is ConsumerGroupState.Dead && committed.Count == 0)
        {
            throw NoSuchGroup(attempt);
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

    private KafkaOperationException NoSuchGroup(string attempt) =>
        Wording.Exception(_session.Connection, attempt, new Failure(FailureKind.NotFound, "there is no such group"));

    /// <summary>
    /// Apache Kafka's brokers make the topic that holds every group when somebody asks for the first one, and have no
    /// coordinator until then: asking would wait for it. Who may not see that topic has to wait. A broker that keeps its
    /// groups elsewhere lists them.
    /// </summary>
    private async Task<bool> IsNowhereAsync(string attempt, string group, CancellationToken cancellationToken)
    {
        var shapes = await new TopicReading(_session).ShapesAsync(attempt, [OffsetsTopic], cancellationToken).ConfigureAwait(false);
        return shapes[0].Error.Code == ErrorCode.UnknownTopicOrPart
            && (await ListAsync(cancellationToken).ConfigureAwait(false)).All(known => known.Name != group);
    }

    private static PartitionLag Lag(
        TopicPartition partition,
        Dictionary<TopicPartition, long> committed,
        Dictionary<TopicPartition, PartitionEnd> ends,
        string? member)
    {
        long? at = committed.TryGetValue(partition, out var offset) ? offset : null;
        var (end, problem) = ends.GetValueOrDefault(partition, new PartitionEnd(null, "the cluster does not say where it ends"));
        return new PartitionLag(
            partition.Topic, partition.Partition.Value, at, end, at is null || end is null ? null : Math.Max(0, end.Value - at.Value), member, problem);
    }

    /// <summary>
    /// Asks anew while the answer is null, a state that passes, and after a silence: the client library goes on waiting
    /// for the coordinator of the time when it asked first.
    /// </summary>
    private async Task<T> AskCoordinatorAsync<T>(
        string attempt, Func<IAdminClient, TimeSpan, Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var start = _session.TimeProvider.GetTimestamp();
        var look = FirstLook;
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = AdminSession.Longer(pause))
        {
            var left = _session.Connection.Timeout - _session.TimeProvider.GetElapsedTime(start);
            var isLast = left <= look;
            try
            {
                var answer = await _session.RunAsync(
                    attempt, (client, _) => ask(client, isLast ? left : look), cancellationToken).ConfigureAwait(false);
                if (answer is not null)
                {
                    return answer;
                }

                if (left <= pause)
                {
                    throw Wording.Exception(_session.Connection, attempt, FailureReading.Read(new Error(ErrorCode.GroupCoordinatorNotAvailable)));
                }
            }
            catch (KafkaOperationException e) when (e.Kind == FailureKind.TimedOut && !isLast)
            {
                look *= 2;
            }

            await Task.Delay(pause, _session.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<ConsumerGroupDescription> ShapeAsync(
        string attempt, string group, CancellationToken cancellationToken) =>
        AskCoordinatorAsync(
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
                    if (Passing.Contains(error.Code))
                    {
                        return null;
                    }

                    _session.ThrowIfAny(attempt, [(group, error)], of: 1);
                    throw;
                }

                return result.ConsumerGroupDescriptions[0];
            },
            cancellationToken);

    private Task<Dictionary<TopicPartition, long>> CommittedAsync(
        string attempt, string group, CancellationToken cancellationToken) =>
        AskCoordinatorAsync(
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
                        if (Passing.Contains(error.Code))
                        {
                            return null;
                        }

                        _session.ThrowIfAny(attempt, [(group, error)], of: 1);
                    }

                    offsets = [.. e.Results[0].Partitions];
                }

                return offsets
                    .Where(o => !o.Error.IsError && o.Offset.Value >= 0)
                    .ToDictionary(o => o.TopicPartition, o => o.Offset.Value);
            },
            cancellationToken);

    /// <summary>
    /// The end of each partition that a read_committed reader sees, or why it sees none. Those without a leader are not asked for:
    /// librdkafka then answers for none.
    /// </summary>
    private async Task<Dictionary<TopicPartition, PartitionEnd>> EndsAsync(
        string attempt, List<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        var shapes = await new TopicReading(_session).ShapesAsync(
            attempt, [.. partitions.Select(p => p.Topic).Distinct()], cancellationToken).ConfigureAwait(false);
        var ends = shapes
            .SelectMany(shape => shape.Partitions, (shape, p) => (Partition: new TopicPartition(shape.Topic, p.PartitionId), HasLeader: TopicReading.HasLeader(p)))
            .Where(p => !p.HasLeader)
            .ToDictionary(p => p.Partition, _ => new PartitionEnd(null, "the partition has no leader"));
        foreach (var end in await LedEndsAsync(attempt, [.. partitions.Where(p => !ends.ContainsKey(p))], cancellationToken).ConfigureAwait(false))
        {
            ends[end.TopicPartition] = end.Error.IsError ? new(null, end.Error.Reason) : new(end.Offset.Value, null);
        }

        return ends;
    }

    private async Task<IEnumerable<TopicPartitionOffsetError>> LedEndsAsync(
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
        return results.Select(r => r.TopicPartitionOffsetError);
    }

    private readonly record struct PartitionEnd(long? Offset, string? Problem);
}
