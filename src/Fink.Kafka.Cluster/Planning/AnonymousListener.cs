namespace Fink.Kafka.Cluster.Planning;

/// <summary>A broker's plain-text listener for clients that do not log in. What they may do is a matter of ACLs.</summary>
/// <param name="Advertised">What clients are told to connect to.</param>
internal sealed record AnonymousListener(HostPort Listen, HostPort Advertised)
{
    private const int AboveClients = 100;

    /// <summary>One a broker, in their order; none where nobody asked for it. On loopback unless an address says otherwise.</summary>
    /// <param name="clients">Where the brokers listen for clients that do log in.</param>
    /// <exception cref="ClusterException">There is no such port, or no client could connect to the address.</exception>
    public static IReadOnlyList<AnonymousListener> Decide(ClusterOptions options, IReadOnlyList<HostPort> clients, string? advertise)
    {
        if (!options.AnonymousRead && options.AnonymousListen is null)
        {
            return [];
        }

        HostPort[] addresses = options.AnonymousListen is { } first
            ? [.. clients.Select((_, id) => first with { Port = first.Port + id })]
            : [.. clients.Select(client => new HostPort(client.IsLoopback ? client.Host : "127.0.0.1", client.Port + AboveClients))];
        return Array.Find(addresses, address => address.Port > 65535) is { } tooHigh
            ? throw new ClusterException(
                ClusterErrorKind.Usage, $"there is no port {tooHigh.Port} for clients without a login: give another with --anonymous-listen HOST:PORT")
            : [.. addresses.Select(listen => new AnonymousListener(listen, ClusterPlan.Advertised(listen, listen.IsLoopback ? null : advertise)))];
    }
}
