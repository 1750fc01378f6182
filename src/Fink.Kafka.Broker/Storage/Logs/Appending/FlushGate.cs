namespace Fink.Kafka.Broker.Storage.Logs.Appending;

/// <summary>
/// Lets one flush at a time run, and everyone who asks while it runs share the next one: a flush that begins after a write
/// covers it, however many writers wait.
/// </summary>
/// <param name="flush">Runs on a thread of the pool; does not throw.</param>
internal sealed class FlushGate(Action flush)
{
    private readonly Lock _lock = new();
    private Task _current = Task.CompletedTask;
    private Task? _next;

    /// <summary>Completes after a flush that began after this call.</summary>
    public Task RequestAsync()
    {
        lock (_lock)
        {
            return _next ??= RunAfterAsync(_current);
        }
    }

    private async Task RunAfterAsync(Task previous)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            _current = _next!;
            _next = null;
        }

        flush();
    }
}
