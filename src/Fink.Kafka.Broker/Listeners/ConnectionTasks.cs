namespace Fink.Kafka.Broker.Listeners;

/// <summary>Counts what runs, so that its end can be awaited.</summary>
internal sealed class ConnectionTasks
{
    private readonly Lock _gate = new();
    private int _count;
    private TaskCompletionSource? _none;

    /// <param name="run">Throws nothing.</param>
    public void Add(Func<Task> run)
    {
        lock (_gate) _count++;
        _ = RunAsync(run);
    }

    public Task WhenNone()
    {
        lock (_gate)
        {
            if (_count == 0) return Task.CompletedTask;
            _none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _none.Task;
        }
    }

    private async Task RunAsync(Func<Task> run)
    {
        await Task.Yield();
        try
        {
            await run();
        }
        finally
        {
            lock (_gate)
            {
                if (--_count == 0) _none?.TrySetResult();
            }
        }
    }
}
