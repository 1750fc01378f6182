using Fink.Kafka.Clients;

namespace Fink.Kafka;

/// <summary>The cluster itself: who answers, and who is its controller.</summary>
public sealed class ClusterAdmin
{
    private readonly AdminSession _session;

    internal ClusterAdmin(AdminSession session) => _session = session;

    public Task<ClusterView> DescribeAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
}

/// <param name="Controller">The controller's node id, or null while there is none.</param>
public sealed record ClusterView(string ClusterId, int? Controller, IReadOnlyList<BrokerNode> Brokers);

public sealed record BrokerNode(int Id, string Host, int Port, string? Rack);
