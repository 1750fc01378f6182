using System.Globalization;
using System.Net;

namespace Fink.Kafka.Cluster;

/// <summary>An address that a process listens on, written HOST:PORT; IPv6 hosts stand in brackets.</summary>
public sealed record HostPort(string Host, int Port)
{
    /// <exception cref="ClusterException">The text is not HOST:PORT (<see cref="ClusterErrorKind.Usage"/>).</exception>
    public static HostPort Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon].Trim('[', ']') : "";
        var isValid = host.Length > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535
            && (Uri.CheckHostName(host) != UriHostNameType.Unknown);
        return isValid
            ? new HostPort(host, int.Parse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture))
            : throw new ClusterException(ClusterErrorKind.Usage, $"'{text}' is not an address: give HOST:PORT, for example 127.0.0.1:9093");
    }

    /// <summary>Whether only programs of this machine reach it.</summary>
    public bool IsLoopback =>
        Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether it stands for every address of this machine, which no client can connect to by that name.</summary>
    public bool IsWildcard =>
        IPAddress.TryParse(Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
