using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Clients;

namespace Fink.Kafka;

/// <summary>The cluster itself: who answers, and who is its controller.</summary>
public sealed class ClusterAdmin
{
    private readonly AdminSession _session;

    internal ClusterAdmin(AdminSession session) => _session = session;

    public async Task<ClusterView> DescribeAsync(CancellationToken cancellationToken)
    {
        var answer = await _session.RunAsync(
            "describe the cluster",
            (client, timeout) => client.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = timeout }),
            cancellationToken).ConfigureAwait(false);
        return new ClusterView(
            answer.ClusterId,
            answer.Controller is { Id: >= 0 } controller ? controller.Id : null,
            [.. answer.Nodes.OrderBy(n => n.Id).Select(n => new BrokerNode(n.Id, n.Host, n.Port, n.Rack))]);
    }
}

/// <param name="Controller">
/// The node that answers for the controller, or null while there is none. Without ZooKeeper it is any broker.
/// </param>
public sealed record ClusterView(string ClusterId, int? Controller, IReadOnlyList<BrokerNode> Brokers);

public sealed record BrokerNode(int Id, string Host, int Port, string? Rack);
