using System.Threading.Channels;
using Fink.Kafka.Broker.Storage.Journals;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Storage.Directories;

/// <summary>What is done with the logs while nobody asks: flushes, retention, and the removal of deleted topics' folders.</summary>
internal sealed class Upkeep(
    LogDirectory logs, TopicFolders folders, Journal groups, UpkeepIntervals intervals, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>Longer ones are beyond timers.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(30);

    private readonly Channel<string> _toRemove = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _stopping = new();
    private bool _groupsCannotBeFlushed;
    private bool _isDisposed;
    private Task _running = Task.CompletedTask;

    public void Start(IEnumerable<string> toRemove)
    {
        foreach (var folder in toRemove) Remove(folder);
        _running = Task.WhenAll(
            EveryAsync(intervals.Flush, FlushAsync),
            EveryAsync(intervals.Retention, ApplyRetentionAsync),
            Task.Run(RemoveAsync));
    }

    /// <summary>In the background: large files take their time.</summary>
    public void Remove(string folder) => _toRemove.Writer.TryWrite(folder);

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;

        _isDisposed = true;
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task EveryAsync(TimeSpan interval, Func<Task> work)
    {
        using var timer = new PeriodicTimer(interval < LongestInterval ? interval : LongestInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token)) await TryAsync(work);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    /// <summary>A log that cannot be kept up says so itself and is offline. Anything else is a bug, which must not stop the upkeep of all.</summary>
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.UpkeepFailed(e);
        }
    }

    private async Task FlushAsync()
    {
        foreach (var log in logs.All) await log.FlushAsync(_stopping.Token);
        FlushGroups();
    }

    private void FlushGroups()
    {
        if (_groupsCannotBeFlushed) return;

        try
        {
            groups.Flush();
        }
        catch (IOException e)
        {
            _groupsCannotBeFlushed = true;
            logger.CouldNotFlushGroups(e);
        }
    }

    private Task ApplyRetentionAsync()
    {
        foreach (var log in logs.All)
        {
            _stopping.Token.ThrowIfCancellationRequested();
            if (log.ApplyRetention() is var segments and > 0) logger.RemovedSegments(segments, log.Folder);
        }

        return Task.CompletedTask;
    }

    private async Task RemoveAsync()
    {
        try
        {
            await foreach (var folder in _toRemove.Reader.ReadAllAsync(_stopping.Token))
            {
                try
                {
                    folders.Remove(folder);
                }
                catch (IOException e)
                {
                    logger.CouldNotRemove(e, folder);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // What is left is removed after the next start.
        }
    }
}
