using System.Net.Security;
using System.Net.Sockets;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Security.Sasl;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>Accepts a listener's connections at each of its addresses, and runs them.</summary>
internal sealed partial class Listener(
    ListenerSettings settings, IReadOnlyList<ListeningSocket> sockets, int port, SslStreamCertificateContext? certificate, ListenerServices services)
{
    private readonly AdvertisedEndpoint _advertised =
        new(settings.Name, settings.AdvertisedHost, settings.AdvertisedPort == 0 ? port : settings.AdvertisedPort);

    private readonly ConnectionTasks _running = new();
    private Task _accepting = Task.CompletedTask;

    public BrokerEndpoint Endpoint => new(settings.Name, settings.Protocol, _advertised.Host, _advertised.Port);

    /// <summary>Clients can connect when it returns, and are served once it is started.</summary>
    /// <exception cref="BrokerException">Something else has come to listen there.</exception>
    public void Listen()
    {
        try
        {
            foreach (var socket in sockets) socket.Listen();
        }
        catch (SocketException e)
        {
            throw ListenerBinding.Refusal(settings, e);
        }
    }

    /// <param name="stopping">Ends the connections' waits; those that serve a request finish it.</param>
    public void Start(CancellationToken stopping) =>
        _accepting = Task.WhenAll(sockets.Select(socket => AcceptAsync(socket, stopping)));

    /// <summary>Accepts no more.</summary>
    public async Task UnbindAsync()
    {
        foreach (var socket in sockets) await socket.UnbindAsync();
        await _accepting;
    }

    /// <summary>When the last connection is closed.</summary>
    public Task WhenAllClosed() => _running.WhenNone();

    public async Task CloseAsync()
    {
        foreach (var socket in sockets) await socket.DisposeAsync();
    }

    private async Task AcceptAsync(ListeningSocket socket, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            while (await socket.AcceptAsync(CancellationToken.None) is { } transport)
            {
                var connection = ConnectionOf(transport);

                // One too many is gone before another is accepted: whatever the flood, it opens no more files.
                if (services.Connections.TryAdd(connection)) _running.Add(() => RunAsync(transport, connection, stopping));
                else await HangUpAsync(transport);
            }
        }
        catch (Exception e)
        {
            LogDeaf(services.Logger, e, settings.Name);
        }
    }

    private Connection ConnectionOf(ConnectionContext transport)
    {
        var sasl = settings.Protocol.AsksForLogin()
            ? new SaslSession(services.Mechanisms, services.Settings.MaxSession, services.Time)
            : null;
        return new Connection(transport, new ClientConnection(Connection.AddressOf(transport), _advertised, sasl), services);
    }

    private async Task RunAsync(ConnectionContext transport, Connection connection, CancellationToken stopping)
    {
        await using var disposed = transport;
        try
        {
            await connection.RunAsync(certificate, stopping);
            await HangUpAsync(transport);
        }
        finally
        {
            services.Connections.Remove(connection);
        }
    }

    /// <summary>What was written still goes out, unless the client does not take it.</summary>
    private static async Task HangUpAsync(ConnectionContext transport)
    {
        await transport.Transport.Input.CompleteAsync();
        await transport.Transport.Output.CompleteAsync();
        await transport.DisposeAsync();
    }

    [LoggerMessage(LogLevel.Critical, "The listener {Name} accepts no more connections")]
    private static partial void LogDeaf(ILogger logger, Exception exception, string name);
}
