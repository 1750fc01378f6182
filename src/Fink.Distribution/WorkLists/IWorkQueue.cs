namespace Fink.Distribution.WorkLists;

/// <summary>Gives a worker its slices, one after the other.</summary>
internal interface IWorkQueue
{
    /// <summary>The next slice, or null when the backlog is done.</summary>
    Task<PlannedSlice?> NextAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Records that slices have ended, so that nobody does them again. The one place that decides how strong that promise is:
/// after every delivery report (at least once), or in one transaction with the alerts.
/// </summary>
internal interface ISliceCommit
{
    /// <param name="finished">Slices whose alerts are all acknowledged or given up, in the order in which they were given out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task CommitAsync(IReadOnlyList<FinishedSlice> finished, CancellationToken cancellationToken);
}
