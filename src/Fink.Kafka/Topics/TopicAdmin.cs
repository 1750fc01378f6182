using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Clients;

namespace Fink.Kafka.Topics;

/// <summary>Topics: made, looked at, changed, deleted. Changes return once the cluster shows them.</summary>
public sealed class TopicAdmin
{
    private readonly AdminSession _session;
    private readonly TopicReading _reading;

    internal TopicAdmin(AdminSession session)
    {
        _session = session;
        _reading = new TopicReading(session);
    }

    /// <summary>Names in order; internal topics (`__consumer_offsets`) only when asked for.</summary>
    public Task<IReadOnlyList<string>> ListAsync(bool includeInternal, CancellationToken cancellationToken) =>
        _reading.ListAsync(includeInternal, cancellationToken);

    /// <summary>In the order asked. A topic that does not exist, or is not to be seen, is an error.</summary>
    public async Task<IReadOnlyList<TopicDescription>> DescribeAsync(
        IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        var attempt = $"describe {Named(topics)}";
        var shapes = await _reading.ShapesAsync(attempt, topics, cancellationToken).ConfigureAwait(false);
        _session.ThrowIfAny(
            attempt,
            [.. shapes.Where(s => s.Error.IsError).Select(s => (s.Topic, s.Error))],
            topics.Count);
        var configs = await _reading.ConfigsAsync(attempt, topics, cancellationToken).ConfigureAwait(false);
        return [.. topics.Select(t => TopicReading.Describe(shapes.First(s => s.Topic == t), configs[t]))];
    }

    /// <summary>
    /// Creates what does not exist. What exists is an error, or, with <paramref name="ifNotExists"/>, is left as it is
    /// and reported with the settings that differ.
    /// </summary>
    public async Task<IReadOnlyList<TopicCreation>> CreateAsync(
        IReadOnlyList<TopicSpecification> topics, bool ifNotExists, CancellationToken cancellationToken)
    {
        var attempt = $"create {Named([.. topics.Select(t => t.Name)])}";
        var failures = await ChangeAsync(
            attempt,
            async (client, timeout) =>
            {
                try
                {
                    await client.CreateTopicsAsync(
                        topics.Select(ToNative),
                        new CreateTopicsOptions { RequestTimeout = timeout, OperationTimeout = timeout })
                        .ConfigureAwait(false);
                    return [];
                }
                catch (CreateTopicsException e)
                {
                    return [.. e.Results.Where(r => r.Error.IsError).Select(r => (r.Topic, r.Error))];
                }
            },
            cancellationToken).ConfigureAwait(false);
        var existing = ifNotExists
            ? failures.Where(f => f.Error.Code == ErrorCode.TopicAlreadyExists).Select(f => f.Item).ToHashSet()
            : [];
        List<string> created = [.. topics.Select(t => t.Name).Except(failures.Select(f => f.Item))];
        await UntilThereAsync(attempt, created, cancellationToken).ConfigureAwait(false);
        ThrowIfAny("create", [.. failures.Where(f => !existing.Contains(f.Item))], created);

        var found = existing.Count == 0
            ? []
            : await DescribeAsync([.. existing], cancellationToken).ConfigureAwait(false);
        return
        [
            .. topics.Select(t => found.FirstOrDefault(f => f.Name == t.Name) is { } there
                ? new TopicCreation(t.Name, Created: false, TopicReading.Compare(t, there))
                : new TopicCreation(t.Name, Created: true, [])),
        ];
    }

    public async Task DeleteAsync(IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        var attempt = $"delete {Named(topics)}";
        var failures = await ChangeAsync(
            attempt,
            async (client, timeout) =>
            {
                try
                {
                    await client.DeleteTopicsAsync(
                        topics, new DeleteTopicsOptions { RequestTimeout = timeout, OperationTimeout = timeout })
                        .ConfigureAwait(false);
                    return [];
                }
                catch (DeleteTopicsException e)
                {
                    return [.. e.Results.Where(r => r.Error.IsError).Select(r => (r.Topic, r.Error))];
                }
            },
            cancellationToken).ConfigureAwait(false);
        var deleted = topics.Except(failures.Select(f => f.Item)).ToList();
        await _session.UntilVisibleAsync(
            attempt,
            async () => !(await ListAsync(includeInternal: true, cancellationToken).ConfigureAwait(false))
                .Intersect(deleted).Any(),
            cancellationToken).ConfigureAwait(false);
        ThrowIfAny("delete", failures, deleted);
    }

    /// <summary>Names those that failed, and only those.</summary>
    private void ThrowIfAny(string verb, List<(string Item, Error Error)> failures, List<string> done) =>
        _session.ThrowIfAny($"{verb} {Named([.. failures.Select(f => f.Item)])}", failures, failures.Count, done);

    /// <summary>Raises the number of partitions and sets (or with null: resets) single configs; others stay.</summary>
    public async Task AlterAsync(
        string topic,
        int? partitions,
        IReadOnlyDictionary<string, string?> configs,
        CancellationToken cancellationToken)
    {
        var attempt = $"alter topic {topic}";
        if (configs.Count > 0)
        {
            var failures = await ChangeAsync(
                attempt, (client, timeout) => AlterConfigsAsync(client, topic, configs, timeout), cancellationToken)
                .ConfigureAwait(false);
            _session.ThrowIfAny(attempt, failures, of: 1);
        }

        if (partitions is { } count)
        {
            var failures = await ChangeAsync(
                attempt, (client, timeout) => AddPartitionsAsync(client, topic, count, timeout), cancellationToken)
                .ConfigureAwait(false);
            _session.ThrowIfAny(attempt, failures, of: 1);
        }

        await _session.UntilVisibleAsync(
            attempt, () => ShowsAsync(topic, partitions, configs, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<bool> ShowsAsync(
        string topic, int? partitions, IReadOnlyDictionary<string, string?> configs, CancellationToken cancellationToken)
    {
        var now = (await DescribeAsync([topic], cancellationToken).ConfigureAwait(false))[0];
        return (partitions is null || now.Partitions.Count == partitions)
            && configs.All(c => now.Configs.FirstOrDefault(n => n.Name == c.Key) is not { } shown
                || (c.Value is null ? !shown.IsOverride : shown.IsOverride));
    }

    private Task UntilThereAsync(string attempt, List<string> topics, CancellationToken cancellationToken) =>
        topics.Count == 0
            ? Task.CompletedTask
            : _session.UntilVisibleAsync(
                attempt,
                async () => (await _reading.ShapesAsync(attempt, topics, cancellationToken).ConfigureAwait(false))
                    .All(s => !s.Error.IsError && s.Partitions.All(TopicReading.HasLeader)),
                cancellationToken);

    private async Task<List<(string Item, Error Error)>> ChangeAsync(
        string attempt,
        Func<IAdminClient, TimeSpan, Task<List<(string Item, Error Error)>>> change,
        CancellationToken cancellationToken) =>
        await _session.RunAsync(attempt, change, cancellationToken).ConfigureAwait(false);

    private static async Task<List<(string Item, Error Error)>> AlterConfigsAsync(
        IAdminClient client, string topic, IReadOnlyDictionary<string, string?> configs, TimeSpan timeout)
    {
        var entries = configs.Select(c => new ConfigEntry
        {
            Name = c.Key,
            Value = c.Value,
            IncrementalOperation = c.Value is null ? AlterConfigOpType.Delete : AlterConfigOpType.Set,
        });
        try
        {
            await client.IncrementalAlterConfigsAsync(
                new() { [TopicReading.Resource(topic)] = [.. entries] },
                new IncrementalAlterConfigsOptions { RequestTimeout = timeout }).ConfigureAwait(false);
            return [];
        }
        catch (IncrementalAlterConfigsException e)
        {
            return [.. e.Results.Where(r => r.Error.IsError).Select(r => (topic, r.Error))];
        }
    }

    private static async Task<List<(string Item, Error Error)>> AddPartitionsAsync(
        IAdminClient client, string topic, int partitions, TimeSpan timeout)
    {
        try
        {
            await client.CreatePartitionsAsync(
                [new PartitionsSpecification { Topic = topic, IncreaseTo = partitions }],
                new CreatePartitionsOptions { RequestTimeout = timeout, OperationTimeout = timeout })
                .ConfigureAwait(false);
            return [];
        }
        catch (CreatePartitionsException e)
        {
            return [.. e.Results.Where(r => r.Error.IsError).Select(r => (topic, r.Error))];
        }
    }

    private static Confluent.Kafka.Admin.TopicSpecification ToNative(TopicSpecification topic) => new()
    {
        Name = topic.Name,
        NumPartitions = topic.Partitions ?? -1,
        ReplicationFactor = topic.ReplicationFactor ?? -1,
        Configs = topic.Configs.ToDictionary(),
    };

    private static string Named(IReadOnlyList<string> topics) =>
        $"{(topics.Count == 1 ? "topic" : "topics")} {string.Join(", ", topics)}";
}
