namespace Fink.Distribution.WorkLists;

/// <summary>
/// What the records of a work list add up to. Slices and ends are in different partitions, so their order says nothing: an
/// end belongs to the attempt that it names.
/// </summary>
internal sealed class WorkHistory
{
    private readonly Dictionary<Slice, PlannedSlice> _latest = [];
    private readonly Dictionary<(Slice, int Attempt), WorkRecord> _ends = [];

    /// <summary>Whether the job has nothing yet.</summary>
    public bool IsEmpty => _latest.Count == 0 && _ends.Count == 0;

    /// <summary>Slices planned and not ended, in no order.</summary>
    public IEnumerable<PlannedSlice> Open => _latest.Values.Where(planned => !HasEnded(planned));

    public void Add(WorkRecord record)
    {
        if (record.State != WorkState.Planned)
        {
            _ends[(record.Slice, record.Attempt)] = record;
            return;
        }

        if (!_latest.TryGetValue(record.Slice, out var known) || known.Attempt < record.Attempt)
        {
            _latest[record.Slice] = new PlannedSlice(record.Slice, record.Attempt, record.Topics);
        }
    }

    public bool HasEnded(PlannedSlice planned) => _ends.ContainsKey((planned.Slice, planned.Attempt));

    /// <summary>How a slice is to be planned now, or null when nothing of it is left to plan.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="again">Whether it is to be done whole, whatever was done.</param>
    public PlannedSlice? Plan(Slice slice, bool again)
    {
        if (!_latest.TryGetValue(slice, out var latest))
        {
            return _ends.ContainsKey((slice, 0)) && !again ? null : new PlannedSlice(slice, 1, null);
        }

        if (!_ends.TryGetValue((slice, latest.Attempt), out var end))
        {
            return null;
        }

        if (again)
        {
            return new PlannedSlice(slice, latest.Attempt + 1, null);
        }

        return end.State == WorkState.Failed ? new PlannedSlice(slice, latest.Attempt + 1, end.Topics) : null;
    }
}
