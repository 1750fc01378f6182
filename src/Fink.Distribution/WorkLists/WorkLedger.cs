namespace Fink.Distribution.WorkLists;

/// <summary>
/// What a worker took of the work list, and how far the group's offset may go for it. A turn is the time between being given
/// the slices and having them taken away: only what was read in this turn moves the offset, for another worker may have
/// moved it further in between. Slices are taken on one thread and ended on another.
/// </summary>
internal sealed class WorkLedger : IDisposable
{
    private readonly Lock _lock = new();
    private readonly WorkHistory _history = new();
    private readonly Dictionary<(Slice, int Attempt), Place> _underWay = [];
    private readonly ManualResetEventSlim _idle = new(true);
    private int _turn;
    private long _behindRead = -1;
    private long _behindEnds;

    /// <summary>Takes in what the list says, of this worker's slices or others'.</summary>
    public void Learn(IEnumerable<WorkRecord> records)
    {
        lock (_lock)
        {
            foreach (var record in records)
            {
                _history.Add(record);
            }
        }
    }

    /// <summary>The slice of a record of the list, or null when it has ended or is under way: racing planners list one twice.</summary>
    public PlannedSlice? Take(WorkRecord record, long offset)
    {
        var planned = new PlannedSlice(record.Slice, record.Attempt, record.Topics);
        var key = KeyOf(planned);
        lock (_lock)
        {
            _behindRead = offset + 1;
            if (record.State != WorkState.Planned || _history.HasEnded(planned))
            {
                return null;
            }

            if (_underWay.TryGetValue(key, out var known))
            {
                // Listed twice, the first place counts: what lies between is under way too. Taken in an earlier turn, this one.
                _underWay[key] = known.Turn == _turn ? known : new Place(_turn, offset);
                return null;
            }

            _underWay.Add(key, new Place(_turn, offset));
            _idle.Reset();
            return planned;
        }
    }

    /// <summary>The slices are no longer this worker's; those under way go on to their end.</summary>
    public void EndTurn()
    {
        lock (_lock)
        {
            _turn++;
            (_behindRead, _behindEnds) = (-1, 0);
        }
    }

    /// <summary>Notes that the list has these ends, the last of them before <paramref name="behindEnds"/>.</summary>
    public void Recorded(IEnumerable<WorkRecord> ends, long behindEnds)
    {
        lock (_lock)
        {
            _behindEnds = Math.Max(_behindEnds, behindEnds);
            Learn(ends);
        }
    }

    /// <summary>Where the group's offsets of slices and of ends may go to; null while the slices are another's.</summary>
    /// <param name="finished">Slices that ended, in the order in which they were taken; empty for all that was read.</param>
    public (long Slices, long Ends)? OffsetsBehind(IReadOnlyList<FinishedSlice> finished)
    {
        lock (_lock)
        {
            var behind = finished.Count == 0
                ? _behindRead
                : finished.Select(slice => _underWay[KeyOf(slice.Planned)]).Where(place => place.Turn == _turn)
                    .Select(place => place.Offset + 1).DefaultIfEmpty(-1).Max();
            return behind < 0 ? null : (behind, _behindEnds);
        }
    }

    /// <summary>The slices are ended and recorded.</summary>
    public void Close(IReadOnlyList<FinishedSlice> finished)
    {
        lock (_lock)
        {
            foreach (var slice in finished)
            {
                _underWay.Remove(KeyOf(slice.Planned));
            }

            if (_underWay.Count == 0)
            {
                _idle.Set();
            }
        }
    }

    /// <summary>Waits until no slice is under way, but no longer than this.</summary>
    public void WaitUntilIdle(TimeSpan longest) => _idle.Wait(longest);

    public void Dispose() => _idle.Dispose();

    private static (Slice, int Attempt) KeyOf(PlannedSlice planned) => (planned.Slice, planned.Attempt);

    private readonly record struct Place(int Turn, long Offset);
}
