using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>
/// A socket that accepts connections. Where that fails, for instance because the process may open no more files, it rests between
/// two tries: Kestrel's own listener would try again at once, for as long as that lasts, and say nothing.
/// </summary>
/// <param name="accept">The next connection of <paramref name="socket"/>.</param>
internal sealed partial class ListeningSocket(
    Socket socket, Func<CancellationToken, ValueTask<Socket>> accept, TimeProvider time, ILogger logger) : IConnectionListener
{
    private const int Backlog = 512;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private readonly SocketConnectionContextFactory _connections = new(SocketBuffers.Options(), logger);
    private readonly CancellationTokenSource _unbound = new();
    private bool _isShort;

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    /// <summary>From here on clients can connect.</summary>
    /// <exception cref="SocketException">Something else has come to listen there since the socket was bound.</exception>
    public void Listen() => socket.Listen(Backlog);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _unbound.Token);
        while (!_unbound.IsCancellationRequested)
        {
            try
            {
                var accepted = await accept(ends.Token);
                _isShort = false;
                accepted.NoDelay = true;
                return _connections.Create(accepted);
            }
            catch (Exception e) when (_unbound.IsCancellationRequested && e is ObjectDisposedException or OperationCanceledException or SocketException)
            {
                break;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                LogMissed(logger, EndPoint, e.Message);
            }
            catch (SocketException e)
            {
                if (!_isShort) LogShort(logger, EndPoint, e.Message);
                _isShort = true;
                await Task.Delay(Rest, time, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        _connections.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "{EndPoint} accepts no connections for now: {Reason}. Where too many files are open, raise their limit (ulimit -n) or lower max.connections")]
    private static partial void LogShort(ILogger logger, EndPoint endPoint, string reason);

    [LoggerMessage(LogLevel.Debug, "A connection to {EndPoint} was over before it was accepted: {Reason}")]
    private static partial void LogMissed(ILogger logger, EndPoint endPoint, string reason);
}
