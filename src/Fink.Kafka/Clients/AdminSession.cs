using Confluent.Kafka;

namespace Fink.Kafka.Clients;

/// <summary>
/// Owns the one admin client of a <see cref="KafkaAdmin"/>. A client that failed to connect, or was left waiting, is
/// thrown away: a call on it may hang.
/// </summary>
internal sealed class AdminSession(KafkaConnection connection, TimeProvider timeProvider) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private IAdminClient? _client;
    private ClientWatch? _watch;
    private Task _blocked = Task.CompletedTask;

    public KafkaConnection Connection { get; } = connection;

    public TimeProvider TimeProvider { get; } = timeProvider;

    /// <summary>Runs one admin call, which itself knows no cancellation.</summary>
    /// <param name="attempt">What is tried, as in `create topic fink_sso`.</param>
    public async Task<T> RunAsync<T>(
        string attempt, Func<IAdminClient, TimeSpan, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (client, watch) = Open(attempt);
        Task<T> work;
        try
        {
            work = call(client, Connection.Timeout);
        }
        catch (KafkaException e)
        {
            throw watch.Explain(e, attempt);
        }

        var cancelled = Task.Delay(Timeout.Infinite, cancellationToken);
        var first = await Task.WhenAny(work, watch.Hopeless, cancelled).ConfigureAwait(false);
        if (first != work && !work.IsCompleted)
        {
            Discard(work);
            cancellationToken.ThrowIfCancellationRequested();
            throw watch.ExplainHopeless(attempt);
        }

        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (KafkaException e)
        {
            if (e.Error.IsLocalError)
            {
                Discard(work);
            }

            throw watch.Explain(e, attempt);
        }
    }

    /// <summary>
    /// Runs a call that blocks its thread, on a thread of its own. librdkafka does not wait for such a call when its client is
    /// closed, and frees the memory under it: the client is closed behind the call.
    /// </summary>
    /// <inheritdoc cref="RunAsync{T}"/>
    public Task<T> RunBlockingAsync<T>(
        string attempt, Func<IAdminClient, TimeSpan, T> call, CancellationToken cancellationToken) =>
        RunAsync(
            attempt,
            (client, timeout) =>
            {
                var work = Task.Run(() => call(client, timeout), CancellationToken.None);
                _blocked = _blocked.IsCompleted ? work : Task.WhenAll(_blocked, work);
                return work;
            },
            cancellationToken);

    /// <summary>Asks until the cluster shows a change that it has accepted.</summary>
    public async Task UntilVisibleAsync(
        string change, Func<Task<bool>> isVisible, CancellationToken cancellationToken)
    {
        var start = TimeProvider.GetTimestamp();
        for (var pause = FirstPause; !await isVisible().ConfigureAwait(false); pause = Longer(pause))
        {
            if (TimeProvider.GetElapsedTime(start) > Connection.Timeout)
            {
                throw new KafkaOperationException(
                    FailureKind.TimedOut,
                    $"{Connection.BootstrapServers} accepted to {change}, but does not show it after "
                    + $"{Connection.Timeout.TotalSeconds:0.###} s.");
            }

            await Task.Delay(pause, TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Throws if any item failed; the exception lists each, and its kind is theirs where they agree.</summary>
    public void ThrowIfAny(
        string attempt, IReadOnlyList<(string Item, Error Error)> failures, int of, IReadOnlyList<string>? done = null)
    {
        if (failures.Count == 0)
        {
            return;
        }

        var items = failures
            .Select(f => (f.Item, Failure: FailureReading.Read(f.Error)))
            .Select(f => new ItemFailure(f.Item, f.Failure.Kind, f.Failure.Reason))
            .ToList();
        var kind = items.All(i => i.Kind == items[0].Kind) ? items[0].Kind : FailureKind.Failed;
        var isOneReason = items.Count == of && items.All(i => i.Reason == items[0].Reason);
        var reasons = isOneReason
            ? items[0].Reason
            : string.Join("; ", items.Select(i => $"{i.Item}: {i.Reason}"));
        var told = Wording.Exception(Connection, attempt, new Failure(kind, reasons));
        throw new KafkaOperationException(kind, told.Message, items) { Done = done ?? [] };
    }

    public static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    public void Dispose()
    {
        if (_blocked.IsCompleted)
        {
            _client?.Dispose();
            _client = null;
        }
        else
        {
            CloseLater();
        }
    }

    private (IAdminClient Client, ClientWatch Watch) Open(string attempt)
    {
        if (_client is null || _watch is null)
        {
            var watch = new ClientWatch(Connection, TimeProvider);
            var config = new AdminClientConfig(Connection.ToClientConfig());

            // How long closing the client may lag.
            config.Set("dotnet.cancellation.delay.max.ms", "5");
            _client = ClientFactory.Open(Connection, attempt, () =>
                new AdminClientBuilder(config)
                    .SetErrorHandler((_, error) => watch.OnError(error))
                    .SetLogHandler((_, message) => watch.OnLog(message))
                    .Build());
            _watch = watch;
        }

        return (_client, _watch);
    }

    private void Discard(Task abandoned)
    {
        // Its result is of no use any more; reading the exception keeps it from being reported as unobserved.
        _ = abandoned.ContinueWith(t => t.Exception, TaskScheduler.Default);

        CloseLater();
    }

    private void CloseLater()
    {
        var client = _client;
        _client = null;
        _ = _blocked.ContinueWith(_ => client?.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _blocked = Task.CompletedTask;
    }
}
