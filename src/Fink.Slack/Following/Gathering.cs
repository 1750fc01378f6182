using Fink.Client;
using Fink.Slack.Alerts;

namespace Fink.Slack.Following;

/// <summary>A digest, and the last alert of each partition that is in it.</summary>
internal sealed record Gathered(AlertDigest Digest, IReadOnlyCollection<AlertPosition> Last);

/// <summary>
/// Cuts alerts into digests by time. Owns the reading, and the one wait for the next alert, which outlives a digest. The
/// reading goes on until this is disposed, and no longer: while a digest is posted its alerts can be committed, also
/// where the run is cancelled meanwhile, and the next is gathered, however long it takes: a group sends a member away that
/// does not read for some minutes.
/// </summary>
internal sealed class Gathering : IAsyncDisposable
{
    private readonly IAlertFeed _feed;
    private readonly FollowOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _reading = new();
    private readonly IAsyncEnumerator<FedAlert> _alerts;
    private Task<bool>? _next;
    private bool _isAtEnd;

    public Gathering(IAlertFeed feed, FollowOptions options, TimeProvider time)
    {
        _feed = feed;
        _options = options;
        _time = time;
        _alerts = feed.ReadAsync(_reading.Token).GetAsyncEnumerator(_reading.Token);
    }

    /// <summary>What came within an interval of its first alert, or until the digest before is told; null when there is nothing more.</summary>
    /// <param name="telling">Of the digest before. What it throws, this throws.</param>
    /// <exception cref="OperationCanceledException">What is gathered is left.</exception>
    public async Task<Gathered?> NextAsync(Task telling, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var never = BehindAsync(telling, Task.Delay(Timeout.InfiniteTimeSpan, _time, over.Token));
        if (await TakeAsync(never, cancellationToken).ConfigureAwait(false) is not { } first)
        {
            return null;
        }

        var partitions = new Dictionary<(string Topic, int Partition), (AlertDigest Digest, AlertPosition Last)>();
        var due = BehindAsync(telling, Task.Delay(_options.Interval, _time, over.Token));
        for (FedAlert? alert = first; alert is { } taken; alert = await TakeAsync(due, cancellationToken).ConfigureAwait(false))
        {
            var partition = (taken.Position.Topic, taken.Position.Partition);
            var digest = partitions.TryGetValue(partition, out var open) && _feed.Holds(open.Last) ? open.Digest : new AlertDigest(_options.Channels);
            digest.Add(taken.Row);
            partitions[partition] = (digest, taken.Position);
        }

        await over.CancelAsync().ConfigureAwait(false);
        await telling.ConfigureAwait(false);
        return Whole(partitions.Values);
    }

    private static async Task BehindAsync(Task telling, Task wait)
    {
        await telling.ConfigureAwait(false);
        await wait.ConfigureAwait(false);
    }

    /// <summary>Of the partitions that are still this run's: those of the others are told by who has them now.</summary>
    private Gathered Whole(IEnumerable<(AlertDigest Digest, AlertPosition Last)> partitions)
    {
        var whole = new AlertDigest(_options.Channels);
        var last = new List<AlertPosition>();
        foreach (var partition in partitions.Where(partition => _feed.Holds(partition.Last)))
        {
            whole.Add(partition.Digest);
            last.Add(partition.Last);
        }

        return new Gathered(whole, last);
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
            await due.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }

        _isAtEnd = !await _next.ConfigureAwait(false);
        _next = null;
        return _isAtEnd ? null : _alerts.Current;
    }
}
