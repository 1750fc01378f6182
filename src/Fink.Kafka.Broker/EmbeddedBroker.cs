namespace Fink.Kafka.Broker;

/// <summary>
/// A single-node broker that speaks Kafka's protocol, in this process. One node, no replication: beyond one machine use Apache Kafka.
/// </summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private EmbeddedBroker(string clusterId, IReadOnlyList<BrokerEndpoint> endpoints)
    {
        ClusterId = clusterId;
        Endpoints = endpoints;
    }

    /// <summary>The data directory's, for life.</summary>
    public string ClusterId { get; }

    /// <summary>In the order of <c>listeners</c>, with the ports that they really have.</summary>
    public IReadOnlyList<BrokerEndpoint> Endpoints { get; }

    /// <summary>Of the first listener: <c>host:port</c>.</summary>
    public string BootstrapServers => Endpoints[0].ToString();

    /// <summary>Serves clients when it returns.</summary>
    /// <exception cref="BrokerException">It cannot start; nothing is left open.</exception>
    public static Task<EmbeddedBroker> StartAsync(BrokerOptions options, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>
    /// Takes no more requests, answers or cuts those under way, and puts everything on disk: within seconds. Cancellation makes it cut
    /// at once, and still write.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public async ValueTask DisposeAsync() => await StopAsync();
}
