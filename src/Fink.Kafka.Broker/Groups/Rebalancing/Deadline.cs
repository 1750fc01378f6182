namespace Fink.Kafka.Broker.Groups.Rebalancing;

/// <summary>
/// A moment at which something is done under the coordinator's gate, unless it is moved or cleared before. A timer that
/// already fired and waits for the gate does nothing when it was overtaken.
/// </summary>
internal sealed class Deadline(TimeProvider clock, Lock gate, Action onDue)
{
    private ITimer? _timer;
    private long _armed;

    /// <summary>Sets or moves the deadline. The caller holds the gate.</summary>
    public void Set(TimeSpan delay)
    {
        // Never at once: a timer must not run on the thread that sets it, which holds the gate.
        var wait = delay < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : delay;
        var armed = ++_armed;
        _timer?.Dispose();
        _timer = clock.CreateTimer(_ => Fire(armed), null, wait, Timeout.InfiniteTimeSpan);
    }

    public void Clear()
    {
        _armed++;
        _timer?.Dispose();
        _timer = null;
    }

    private void Fire(long armed)
    {
        lock (gate)
        {
            if (armed != _armed) return;
            Clear();
            onDue();
        }
    }
}

/// <summary>Makes the deadlines of one coordinator.</summary>
internal sealed class Deadlines(TimeProvider clock, Lock gate)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public Deadline New(Action onDue) => new(clock, gate, onDue);
}
