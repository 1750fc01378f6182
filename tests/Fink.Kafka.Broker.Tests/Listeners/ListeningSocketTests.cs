using System.Net;
using System.Net.Sockets;
using Fink.Kafka.Broker.Listeners;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Listeners;

/// <summary>Accepting where that does not work: its errors are what the system would answer.</summary>
public sealed class ListeningSocketTests : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly FakeTimeProvider _time = new();
    private readonly TestLog _log = new();
    private readonly Queue<SocketError> _errors = [];
    private int _tries;

    public ListeningSocketTests()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _socket.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Without_files_to_open_it_rests_between_two_tries_says_so_once_and_goes_on()
    {
        await using var listening = Listening(SocketError.TooManyOpenSockets, SocketError.TooManyOpenSockets);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listening.EndPoint, Cancelled);

        var accepting = listening.AcceptAsync(Cancelled).AsTask();
        Assert.Equal(1, _tries);
        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(1, _tries);
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
                return accepting.IsCompleted;
            },
            Cancelled);

        await using var accepted = await accepting;
        Assert.NotNull(accepted);
        Assert.Equal(3, _tries);
        Assert.StartsWith("Warning: 127.0.0.1:", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_closed_while_it_rests()
    {
        await using var listening = Listening(SocketError.TooManyOpenSockets);
        var accepting = listening.AcceptAsync(Cancelled).AsTask();

        await listening.UnbindAsync(Cancelled);

        Assert.Null(await accepting.WaitAsync(TimeSpan.FromMinutes(1), Cancelled));
    }

    [Fact]
    public async Task It_can_be_closed_while_nobody_comes()
    {
        await using var listening = Listening();
        var accepting = listening.AcceptAsync(Cancelled).AsTask();

        await listening.UnbindAsync(Cancelled);

        Assert.Null(await accepting.WaitAsync(TimeSpan.FromMinutes(1), Cancelled));
    }

    [Fact]
    public async Task A_client_that_went_before_it_was_accepted_is_nothing_to_rest_for()
    {
        await using var listening = Listening(SocketError.ConnectionReset);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listening.EndPoint, Cancelled);

        await using var accepted = await listening.AcceptAsync(Cancelled).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Cancelled);

        Assert.NotNull(accepted);
        Assert.Equal(2, _tries);
    }

    private ListeningSocket Listening(params SocketError[] errors)
    {
        foreach (var error in errors) _errors.Enqueue(error);
        return new ListeningSocket(_socket, AcceptAsync, _time, _log);
    }

    private ValueTask<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        _tries++;
        return _errors.TryDequeue(out var error) ? throw new SocketException((int)error) : _socket.AcceptAsync(cancellationToken);
    }
}
