using System.Net.Sockets;

namespace Fink.Fuzz;

/// <summary>What became of the bytes that were sent.</summary>
public sealed class FuzzTally
{
    private long _sent;
    private long _answered;
    private long _closed;
    private long _silent;
    private long _refused;

    public long Sent => Interlocked.Read(ref _sent);

    public long Answered => Interlocked.Read(ref _answered);

    public override string ToString() =>
        $"{Sent} frames sent: {Answered} answered, {_closed} answered by closing, {_silent} without an answer in time, {_refused} connections refused";

    internal void Count(FuzzOutcome outcome)
    {
        Interlocked.Increment(ref _sent);
        switch (outcome)
        {
            case FuzzOutcome.Answered:
                Interlocked.Increment(ref _answered);
                break;
            case FuzzOutcome.Closed:
                Interlocked.Increment(ref _closed);
                break;
            default:
                Interlocked.Increment(ref _silent);
                break;
        }
    }

    internal void CountRefused() => Interlocked.Increment(ref _refused);
}

internal enum FuzzOutcome
{
    Answered,
    Closed,
    Silent,
}

/// <summary>Sends bytes and looks what comes back, on one connection after the other.</summary>
public sealed class FuzzClient(string host, int port, FuzzTally tally) : IDisposable
{
    /// <summary>Longer than this one waits for no answer: half a request has none, a fetch waits, a group waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly byte[] _received = new byte[64 * 1024];
    private TcpClient? _connection;

    public async Task SendAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        if (!await TryConnectAsync(cancellationToken)) return;

        var outcome = await TrySendAsync(bytes, cancellationToken);
        tally.Count(outcome);
        if (outcome == FuzzOutcome.Answered) return;
        Dispose();
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private async Task<bool> TryConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null) return true;

        var connection = new TcpClient { NoDelay = true };
        try
        {
            await connection.ConnectAsync(host, port, cancellationToken);
            _connection = connection;
            return true;
        }
        catch (SocketException)
        {
            connection.Dispose();
            tally.CountRefused();
            return false;
        }
    }

    private async Task<FuzzOutcome> TrySendAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        try
        {
            var stream = _connection!.GetStream();
            await stream.WriteAsync(bytes, limited.Token);
            return await stream.ReadAsync(_received, limited.Token) > 0 ? FuzzOutcome.Answered : FuzzOutcome.Closed;
        }
        catch (IOException)
        {
            return FuzzOutcome.Closed;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FuzzOutcome.Silent;
        }
    }
}
