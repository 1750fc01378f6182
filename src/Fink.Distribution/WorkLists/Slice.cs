namespace Fink.Distribution.WorkLists;

/// <summary>A run of rows of a file: what is read, sent and recorded together.</summary>
/// <param name="File">Relative to the source, with '/'.</param>
/// <param name="Size">The file's bytes: a file that was written anew is another.</param>
/// <param name="FirstRow">Counted from 0.</param>
/// <param name="EndRow">The row behind the last.</param>
internal sealed record Slice(string File, long Size, long FirstRow, long EndRow)
{
    public long Rows => EndRow - FirstRow;

    public override string ToString() => $"{File} rows {FirstRow}-{EndRow}";
}

/// <summary>A slice as it was planned.</summary>
/// <param name="Slice">The rows.</param>
/// <param name="Attempt">Counts from 1: a slice is planned again where something of it failed.</param>
/// <param name="Topics">The topics that are still to get it; null for all.</param>
internal sealed record PlannedSlice(Slice Slice, int Attempt, IReadOnlyList<string>? Topics);

/// <summary>How a planned slice ended.</summary>
/// <param name="Planned">What ended.</param>
/// <param name="FailedTopics">Topics that may get it later; empty for none, null for all of the planned ones.</param>
/// <param name="Reason">Why something failed, or null where all is done.</param>
internal sealed record FinishedSlice(PlannedSlice Planned, IReadOnlyList<string>? FailedTopics, string? Reason)
{
    public bool IsDone => Reason is null;

    public static FinishedSlice Done(PlannedSlice planned) => new(planned, [], null);
}
