using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Groups.Rebalancing;

/// <summary>
/// A moment at which something is done under the coordinator's gate, unless it is moved or cleared before. A timer that
/// already fired and waits for the gate does nothing when it was overtaken.
/// </summary>
/// <param name="onFailure">Gets what <paramref name="onDue"/> throws: out of a timer it would end the process.</param>
internal sealed class Deadline(TimeProvider clock, Lock gate, Action onDue, Action<Exception> onFailure)
{
    private ITimer? _timer;
    private long _armed;
    private long _setAt;
    private TimeSpan _wait;

    /// <summary>Sets or moves the deadline. The caller holds the gate.</summary>
    public void Set(TimeSpan delay)
    {
        // Never at once: a timer must not run on the thread that sets it, which holds the gate.
        var wait = delay < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : delay;
        var armed = ++_armed;
        (_setAt, _wait) = (clock.GetTimestamp(), wait);
        _timer?.Dispose();
        _timer = clock.CreateTimer(_ => Fire(armed), null, wait, Timeout.InfiniteTimeSpan);
    }

    public void Clear()
    {
        _armed++;
        _timer?.Dispose();
        _timer = null;
    }

    /// <summary>Does what is due by the clock though its timer has not come yet, as on a busy machine. The caller holds the gate.</summary>
    public void MeetIfDue()
    {
        if (_timer is not null && clock.GetElapsedTime(_setAt) >= _wait) Fire(_armed);
    }

    private void Fire(long armed)
    {
        lock (gate)
        {
            if (armed != _armed) return;
            Clear();
            try
            {
                onDue();
            }
            catch (Exception e)
            {
                onFailure(e);
            }
        }
    }
}

/// <summary>Makes the deadlines of one coordinator.</summary>
internal sealed partial class Deadlines(TimeProvider clock, Lock gate, ILogger logger)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <param name="whose">For the log.</param>
    /// <param name="mend">Runs under the gate after <paramref name="onDue"/> has failed, which is a mistake of ours and is logged.</param>
    public Deadline New(string whose, Action onDue, Action mend) => new(clock, gate, onDue, e =>
    {
        LogFailure(logger, e, whose);
        mend();
    });

    [LoggerMessage(LogLevel.Error, "What was due of {Whose} failed, by a mistake in the broker")]
    private static partial void LogFailure(ILogger logger, Exception e, string whose);
}
