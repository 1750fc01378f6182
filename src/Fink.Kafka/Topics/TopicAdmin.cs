using Fink.Kafka.Clients;

namespace Fink.Kafka.Topics;

/// <summary>Topics: made, looked at, changed, deleted. Changes return once every broker's answer shows them.</summary>
public sealed class TopicAdmin
{
    private readonly AdminSession _session;

    internal TopicAdmin(AdminSession session) => _session = session;

    /// <summary>Names in order; internal topics (`__consumer_offsets`) only when asked for.</summary>
    public Task<IReadOnlyList<string>> ListAsync(bool includeInternal, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>In the order asked. A topic that does not exist, or is not to be seen, is an error.</summary>
    public Task<IReadOnlyList<TopicDescription>> DescribeAsync(
        IReadOnlyList<string> topics, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>
    /// Creates what does not exist. What exists is an error, or, with <paramref name="ifNotExists"/>, is left as it is
    /// and reported with the settings that differ.
    /// </summary>
    public Task<IReadOnlyList<TopicCreation>> CreateAsync(
        IReadOnlyList<TopicSpecification> topics, bool ifNotExists, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public Task DeleteAsync(IReadOnlyList<string> topics, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Raises the number of partitions and sets (or with null: resets) single configs; others stay.</summary>
    public Task AlterAsync(
        string topic,
        int? partitions,
        IReadOnlyDictionary<string, string?> configs,
        CancellationToken cancellationToken) => throw new NotImplementedException();
}
