using Fink.Distribution.WorkLists;

namespace Fink.Distribution.Distributing;

/// <summary>A slice under way. The thread that reads sets <see cref="Unreadable"/> before it ends the slice; the rest is the sender's.</summary>
internal sealed class SliceRun(long number, PlannedSlice planned)
{
    private readonly SortedSet<string> _failedTopics = new(StringComparer.Ordinal);
    private string? _firstReason;

    /// <summary>Counts from 1 in a run.</summary>
    public long Number { get; } = number;

    public PlannedSlice Planned { get; } = planned;

    /// <summary>Why its rows could not all be read, or null.</summary>
    public string? Unreadable { get; set; }

    /// <summary>Whether no more messages will come.</summary>
    public bool IsHandedOver { get; set; }

    /// <summary>Messages that were handed to librdkafka and are not reported yet.</summary>
    public int Outstanding { get; set; }

    public bool HasEnded => IsHandedOver && Outstanding == 0;

    /// <summary>Notes that a topic did not get an alert that it can get later.</summary>
    public void FailedFor(string topic, string reason)
    {
        _failedTopics.Add(topic);
        _firstReason ??= reason;
    }

    public FinishedSlice Finish()
    {
        if (Unreadable is { } reason)
        {
            return new FinishedSlice(Planned, null, reason);
        }

        return _failedTopics.Count == 0
            ? FinishedSlice.Done(Planned)
            : new FinishedSlice(Planned, [.. _failedTopics], _firstReason);
    }
}
