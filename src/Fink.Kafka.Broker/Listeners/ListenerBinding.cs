using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>From a listener's host and port to sockets: one for each of the host's addresses, all with the same port.</summary>
internal static class ListenerBinding
{
    private const int Attempts = 20;

    /// <exception cref="BrokerException">The port is taken, or the host is none of this machine's addresses.</exception>
    public static async Task<(IReadOnlyList<ListeningSocket> Sockets, int Port)> BindAsync(
        ListeningSocketFactory factory, ListenerSettings settings, CancellationToken cancellationToken)
    {
        var addresses = await AddressesAsync(settings, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await BindAllAsync(factory, addresses, settings.Port);
            }
            catch (AddressInUseException) when (settings.Port == 0 && addresses.Count > 1 && attempt < Attempts)
            {
                // The port that was free at the first address is taken at another one: try with a new one.
            }
            catch (Exception e) when (e is AddressInUseException or SocketException)
            {
                throw Refusal(settings, e);
            }
        }
    }

    /// <summary>What an operator is told where a listener's socket is refused, when it is bound or when it begins to listen.</summary>
    public static BrokerException Refusal(ListenerSettings settings, Exception e) =>
        new(BrokerFailure.Listener, [new(ListenerProperties.Listeners, Explain(settings, e))], e);

    private static string Explain(ListenerSettings settings, Exception e)
    {
        var where = $"{settings.Name}://{settings.Host}:{settings.Port}";
        return e is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
            ? $"has {where}, but port {settings.Port} is taken: stop what listens on it, or choose another port"
            : (e as SocketException)?.SocketErrorCode switch
            {
                SocketError.AddressNotAvailable => $"has {where}, but {settings.Host} is no address of this machine: choose one that it has, or 0.0.0.0 for all",
                SocketError.AccessDenied => $"has {where}, but this user may not take port {settings.Port}: choose one above 1023",
                _ => $"has {where}, which cannot listen: {e.Message}",
            };
    }

    private static async Task<(IReadOnlyList<ListeningSocket> Sockets, int Port)> BindAllAsync(
        ListeningSocketFactory factory, IReadOnlyList<IPAddress> addresses, int port)
    {
        List<ListeningSocket> sockets = [];
        try
        {
            foreach (var address in addresses)
            {
                if (TryBind(factory, new IPEndPoint(address, port), isOptional: sockets.Count > 0) is not { } socket)
                {
                    continue;
                }

                sockets.Add(socket);
                port = ((IPEndPoint)socket.EndPoint).Port;
            }

            return (sockets, port);
        }
        catch
        {
            foreach (var socket in sockets) await socket.DisposeAsync();
            throw;
        }
    }

    /// <summary>Null where the machine has no such address and does not need it, for instance no IPv6.</summary>
    private static ListeningSocket? TryBind(ListeningSocketFactory factory, IPEndPoint endpoint, bool isOptional)
    {
        try
        {
            return factory.Bind(endpoint);
        }
        catch (SocketException e) when (isOptional
            && e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<IPAddress>> AddressesAsync(ListenerSettings settings, CancellationToken cancellationToken)
    {
        var host = settings.Host;
        if (host.Length == 0) return [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any];
        if (IPAddress.TryParse(host, out var address)) return [address];
        if (host == "localhost") return Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];

        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new BrokerException(
                BrokerFailure.Listener,
                [new(ListenerProperties.Listeners, $"has {settings.Name}://{host}:{settings.Port}, but {host} is not known here ({e.Message}): choose a name or an address of this machine")],
                e);
        }
    }
}
