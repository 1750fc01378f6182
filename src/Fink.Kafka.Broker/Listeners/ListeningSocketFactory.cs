using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>Binds sockets as Kestrel does, and lets nobody connect yet.</summary>
internal sealed class ListeningSocketFactory(TimeProvider time, ILogger logger)
{
    /// <exception cref="AddressInUseException">Something else listens there.</exception>
    /// <exception cref="SocketException">There is no such address here, or it may not be taken.</exception>
    public ListeningSocket Bind(IPEndPoint endpoint)
    {
        try
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            return new ListeningSocket(socket, socket.AcceptAsync, time, logger);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e);
        }
    }
}
