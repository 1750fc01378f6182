namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>Who is told of a log's changes. Safe for any number of threads.</summary>
internal sealed class LogObservers(PartitionLog log)
{
    private readonly Lock _lock = new();

    // Replaced, never changed: whoever is being told goes through the one that was there.
    private ILogObserver[] _all = [];

    public void Add(ILogObserver observer)
    {
        lock (_lock) _all = [.. _all, observer];
    }

    public void Remove(ILogObserver observer)
    {
        lock (_lock) _all = [.. _all.Where(other => other != observer)];
    }

    public void Tell()
    {
        foreach (var observer in Volatile.Read(ref _all)) observer.Changed(log);
    }
}
