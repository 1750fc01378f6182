namespace Fink.Distribution.WorkLists;

/// <summary>The job's topic as a log: what was planned, and how it ended.</summary>
internal interface IWorkLog
{
    /// <summary>Everything that the log holds now.</summary>
    Task<IReadOnlyList<WorkRecord>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Appends and waits until the cluster has acknowledged every record.</summary>
    /// <returns>The offset behind the last end that was appended; 0 when there was none.</returns>
    Task<long> AppendAsync(IReadOnlyList<WorkRecord> records, CancellationToken cancellationToken);
}
