using System.Net;
using System.Text.RegularExpressions;
using Fink.Kafka.Broker.Configuration;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>
/// Reads <c>listeners</c>, <c>advertised.listeners</c> and <c>listener.security.protocol.map</c>, by Kafka's rules. Mistakes are
/// collected, not thrown: the operator is told all at once.
/// </summary>
internal sealed partial class ListenerProperties(BrokerConfigs configs, List<ConfigurationMistake> mistakes)
{
    public const string Listeners = "listeners";
    private const string Advertised = "advertised.listeners";
    private const string ProtocolMap = "listener.security.protocol.map";

    private static string ProtocolNames => string.Join(", ", SecurityProtocols.ByName.Keys.Order());

    public IReadOnlyList<ListenerSettings> Read()
    {
        var protocols = Protocols();
        var listeners = Endpoints(Listeners, mayRepeatPort: false);
        if (listeners.Count == 0 && mistakes.Count == 0) mistakes.Add(new(Listeners, "names none"));
        var advertised = Endpoints(Advertised, mayRepeatPort: true).ToDictionary(endpoint => endpoint.Name);
        foreach (var stranger in advertised.Keys.Except(listeners.Select(listener => listener.Name)))
        {
            mistakes.Add(new(Advertised, $"has {stranger}, which is none of {Listeners}"));
        }

        List<ListenerSettings> settings = [];
        foreach (var listener in listeners)
        {
            if (!protocols.TryGetValue(listener.Name, out var protocol))
            {
                mistakes.Add(new(Listeners, $"has {listener.Name}, which is none of {ProtocolNames} and has no security protocol in {ProtocolMap}; add for instance {listener.Name}:SASL_PLAINTEXT there"));
                continue;
            }

            var told = advertised.GetValueOrDefault(listener.Name) ?? listener with { Host = Reachable(listener.Host) };
            if (IsEveryAddress(told.Host))
            {
                mistakes.Add(new(Advertised, $"tells clients to connect to '{told.Host}' ({listener.Name}), which is no address of a machine"));
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
                mistakes.Add(new(ProtocolMap, $"has '{item}', which is not NAME:PROTOCOL"));
            }
            else if (!SecurityProtocols.ByName.TryGetValue(parts[1], out var protocol))
            {
                mistakes.Add(new(ProtocolMap, $"has '{item}': the protocols are {ProtocolNames}"));
            }
            else if (!protocols.TryAdd(parts[0], protocol))
            {
                mistakes.Add(new(ProtocolMap, $"has {parts[0]} twice"));
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
            if (!match.Success)
            {
                mistakes.Add(new(property, $"has '{item}', which is not NAME://HOST:PORT as SASL_PLAINTEXT://127.0.0.1:9093 is"));
                continue;
            }

            if (!ushort.TryParse(match.Groups["port"].ValueSpan, out var port))
            {
                mistakes.Add(new(property, $"has '{item}', whose port is none: ports are 1-65535, and 0 stands for a free one"));
                continue;
            }

            var endpoint = new Endpoint(match.Groups["name"].Value.ToUpperInvariant(), match.Groups["host"].Value.Trim('[', ']'), port);
            if (endpoints.Any(other => other.Name == endpoint.Name))
            {
                mistakes.Add(new(property, $"has {endpoint.Name} twice: give each listener a name of its own, and {ProtocolMap} its protocol"));
            }
            else if (!mayRepeatPort && port != 0 && endpoints.Any(other => other.Port == port && other.Host == endpoint.Host))
            {
                mistakes.Add(new(property, $"has the port {port} twice"));
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

    [GeneratedRegex(@"\A(?<name>[A-Za-z0-9_.\-]+)://(?<host>\[[0-9A-Fa-f:.%a-z]+\]|[^\[\]:/\s]*):(?<port>[0-9]+)\z")]
    private static partial Regex EndpointText { get; }

    private sealed record Endpoint(string Name, string Host, int Port);
}
