using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>Binds sockets as Kestrel does.</summary>
internal sealed class ListeningSocketFactory(TimeProvider time, ILogger logger) : IConnectionListenerFactory
{
    private const int Backlog = 512;

    /// <exception cref="AddressInUseException">Something else listens there.</exception>
    /// <exception cref="SocketException">There is no such address here, or it may not be taken.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = Bind(endpoint);
        try
        {
            socket.Listen(Backlog);
            return ValueTask.FromResult<IConnectionListener>(new ListeningSocket(socket, socket.AcceptAsync, time, logger));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket Bind(EndPoint endpoint)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e);
        }
    }
}
