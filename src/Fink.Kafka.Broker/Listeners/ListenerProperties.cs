using System.Net;
using System.Text.RegularExpressions;
using Fink.Kafka.Broker.Configuration;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>
/// Reads <c>listeners</c>, <c>advertised.listeners</c> and <c>listener.security.protocol.map</c>, by Kafka's rules. Mistakes are
/// collected, not thrown: the operator is told all at once.
/// </summary>
internal sealed partial class ListenerProperties(BrokerConfigs configs, List<string> mistakes)
{
    private const string Listeners = "listeners";
    private const string Advertised = "advertised.listeners";
    private const string ProtocolMap = "listener.security.protocol.map";

    public IReadOnlyList<ListenerSettings> Read()
    {
        var protocols = Protocols();
        var listeners = Endpoints(Listeners, mayRepeatPort: false);
        if (listeners.Count == 0 && mistakes.Count == 0) mistakes.Add($"{Listeners} names none");
        var advertised = Endpoints(Advertised, mayRepeatPort: true).ToDictionary(endpoint => endpoint.Name);
        foreach (var stranger in advertised.Keys.Except(listeners.Select(listener => listener.Name)))
        {
            mistakes.Add($"{Advertised} has {stranger}, which is none of {Listeners}");
        }

        List<ListenerSettings> settings = [];
        foreach (var listener in listeners)
        {
            if (!protocols.TryGetValue(listener.Name, out var protocol))
            {
                mistakes.Add($"{Listeners} has {listener.Name}, for which {ProtocolMap} has no security protocol; add for instance {listener.Name}:SASL_PLAINTEXT");
                continue;
            }

            var told = advertised.GetValueOrDefault(listener.Name) ?? listener with { Host = Reachable(listener.Host) };
            if (IsEveryAddress(told.Host))
            {
                mistakes.Add($"{Advertised} tells clients to connect to '{told.Host}' ({listener.Name}), which is no address of a machine");
            }

            settings.Add(new ListenerSettings(
                listener.Name, protocol, listener.Host, listener.Port, told.Host, told == listener ? 0 : told.Port));
        }

        return settings;
    }

    private Dictionary<string, SecurityProtocol> Protocols()
    {
        var protocols = new Dictionary<string, SecurityProtocol>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in configs.Items(ProtocolMap))
        {
            var parts = item.Split(':', StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || parts[0].Length == 0)
            {
                mistakes.Add($"{ProtocolMap} has '{item}', which is not NAME:PROTOCOL");
            }
            else if (!SecurityProtocols.ByName.TryGetValue(parts[1], out var protocol))
            {
                mistakes.Add($"{ProtocolMap} has '{item}': the protocols are {string.Join(", ", SecurityProtocols.ByName.Keys.Order())}");
            }
            else if (!protocols.TryAdd(parts[0], protocol))
            {
                mistakes.Add($"{ProtocolMap} has {parts[0]} twice");
            }
        }

        return protocols;
    }

    private List<Endpoint> Endpoints(string property, bool mayRepeatPort)
    {
        List<Endpoint> endpoints = [];
        foreach (var item in configs.Items(property))
        {
            var match = EndpointText.Match(item);
            if (!match.Success || !ushort.TryParse(match.Groups["port"].ValueSpan, out var port))
            {
                mistakes.Add($"{property} has '{item}', which is not NAME://HOST:PORT");
                continue;
            }

            var endpoint = new Endpoint(match.Groups["name"].Value.ToUpperInvariant(), match.Groups["host"].Value.Trim('[', ']'), port);
            if (endpoints.Any(other => other.Name == endpoint.Name))
            {
                mistakes.Add($"{property} has {endpoint.Name} twice: give each listener a name of its own, and {ProtocolMap} its protocol");
            }
            else if (!mayRepeatPort && port != 0 && endpoints.Any(other => other.Port == port && other.Host == endpoint.Host))
            {
                mistakes.Add($"{property} has the port {port} twice");
            }
            else
            {
                endpoints.Add(endpoint);
            }
        }

        return endpoints;
    }

    /// <summary>As Kafka does where nothing is advertised: the machine's own name for a listener on all of its addresses.</summary>
    private static string Reachable(string host) => IsEveryAddress(host) ? Dns.GetHostName() : host;

    private static bool IsEveryAddress(string host) =>
        host.Length == 0 || (IPAddress.TryParse(host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    [GeneratedRegex(@"\A(?<name>[A-Za-z0-9_.\-]+)://(?<host>\[[0-9A-Fa-f:.%a-z]+\]|[^\[\]:/\s]*):(?<port>[0-9]{1,5})\z")]
    private static partial Regex EndpointText { get; }

    private sealed record Endpoint(string Name, string Host, int Port);
}
