using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>On whose behalf something is asked: made once a connection, for ACLs compare both as text.</summary>
/// <param name="Principal"><c>User:name</c>.</param>
/// <param name="Host">As <see cref="HostOf"/> spells it.</param>
internal sealed record Requester(string Principal, string Host)
{
    /// <summary>Who has not logged in, on a listener that does not ask for it.</summary>
    public const string Anonymous = "User:ANONYMOUS";

    public const string UserPrefix = "User:";

    public static string PrincipalOf(string user) => UserPrefix + user;

    /// <summary>An address as Kafka compares it: IPv4 where it is one inside IPv6, else all eight groups in lower case hex.</summary>
    public static string HostOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        var groups = new string[8];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = ((bytes[2 * i] << 8) | bytes[(2 * i) + 1]).ToString("x", CultureInfo.InvariantCulture);
        }

        return string.Join(':', groups);
    }
}
