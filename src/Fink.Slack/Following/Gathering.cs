using Fink.Client;
using Fink.Slack.Alerts;

namespace Fink.Slack.Following;

/// <summary>A digest, and the last alert of each partition that is in it.</summary>
internal sealed record Gathered(AlertDigest Digest, IReadOnlyCollection<AlertPosition> Last);

/// <summary>
/// Cuts alerts into digests by time. Owns the reading, and the one wait for the next alert, which outlives a digest. The
/// reading goes on until this is disposed, and no longer: while a digest is posted its alerts can be committed, also
/// where the run is cancelled meanwhile.
/// </summary>
internal sealed class Gathering : IAsyncDisposable
{
    private readonly FollowOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _reading = new();
    private readonly IAsyncEnumerator<FedAlert> _alerts;
    private Task<bool>? _next;
    private bool _isAtEnd;

    public Gathering(IAlertFeed feed, FollowOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _alerts = feed.ReadAsync(_reading.Token).GetAsyncEnumerator(_reading.Token);
    }

    /// <summary>What came within an interval of its first alert; null when there is nothing more.</summary>
    /// <exception cref="OperationCanceledException">What is gathered is left.</exception>
    public async Task<Gathered?> NextAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var never = Task.Delay(Timeout.InfiniteTimeSpan, _time, over.Token);
        if (await TakeAsync(never, cancellationToken).ConfigureAwait(false) is not { } first)
        {
            return null;
        }

        var digest = new AlertDigest(_options.Channels);
        var last = new Dictionary<(string Topic, int Partition), AlertPosition>();
        var due = Task.Delay(_options.Interval, _time, over.Token);
        for (FedAlert? alert = first; alert is { } taken; alert = await TakeAsync(due, cancellationToken).ConfigureAwait(false))
        {
            digest.Add(taken.Row);
            last[(taken.Position.Topic, taken.Position.Partition)] = taken.Position;
        }

        await over.CancelAsync().ConfigureAwait(false);
        return new Gathered(digest, last.Values);
    }

    public async ValueTask DisposeAsync()
    {
        await _reading.CancelAsync().ConfigureAwait(false);
        if (_next is Task next)
        {
            // An enumerator must not be disposed while it moves. What came of the move, nobody waits for any more.
            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _alerts.DisposeAsync().ConfigureAwait(false);
        _reading.Dispose();
    }

    /// <summary>The next alert, or null at the end or when the time is up: what comes then is the next digest's.</summary>
    private async Task<FedAlert?> TakeAsync(Task due, CancellationToken cancellationToken)
    {
        if (_isAtEnd)
        {
            return null;
        }

        _next ??= _alerts.MoveNextAsync().AsTask();
        if (due.IsCompleted || await Task.WhenAny(_next, due).ConfigureAwait(false) == due)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }

        _isAtEnd = !await _next.ConfigureAwait(false);
        _next = null;
        return _isAtEnd ? null : _alerts.Current;
    }
}
