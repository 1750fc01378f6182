using Fink.Distribution.WorkLists;
using Fink.ScienceDb;
using Fink.ScienceDb.Sources;

namespace Fink.Distribution.Planning;

/// <summary>
/// Adds to the work list what the source has and the list has not. It reads the list back first, so that no slice is planned
/// twice; should two planners race, the worker does a slice that is listed twice once.
/// </summary>
internal sealed class WorkPlanner(IWorkLog log, Func<SourceFile, IReadOnlyList<Slice>> cut, DistributionOptions options, TimeProvider time)
{
    /// <returns>What the list holds after planning, and the files that could not be cut.</returns>
    public async Task<(WorkHistory History, IReadOnlyList<FailedFile> Failed)> PlanAsync(
        IReadOnlyList<SourceFile> files, CancellationToken cancellationToken)
    {
        var history = new WorkHistory();
        foreach (var record in await log.ReadAsync(cancellationToken))
        {
            history.Add(record);
        }

        var distributedTill = history.IsEmpty && !options.Start.FromBeginning && options.OffsetFile is { } path
            ? OffsetFile.Read(path)
            : null;
        var (records, failed) = Compare(files, history, distributedTill);
        if (records.Count > 0)
        {
            await log.AppendAsync(records, cancellationToken);
            records.ForEach(history.Add);
        }

        return (history, failed);
    }

    private (List<WorkRecord> Records, List<FailedFile> Failed) Compare(
        IReadOnlyList<SourceFile> files, WorkHistory history, DateTimeOffset? distributedTill)
    {
        var records = new List<WorkRecord>();
        var failed = new List<FailedFile>();
        foreach (var file in files.Where(file => options.Start.Since is not { } since || file.Modified >= since))
        {
            try
            {
                foreach (var slice in cut(file))
                {
                    if (file.Modified < distributedTill)
                    {
                        // Attempt 0: done before the job had a list.
                        records.Add(WorkRecord.Of(FinishedSlice.Done(new PlannedSlice(slice, 0, null)), time.GetUtcNow()));
                    }
                    else if (history.Plan(slice, options.Start.FromBeginning) is { } planned)
                    {
                        records.Add(WorkRecord.Of(planned, time.GetUtcNow()));
                    }
                }
            }
            catch (UnreadableFileException e)
            {
                failed.Add(new FailedFile(e.File, e.Reason));
            }
        }

        return (records, failed);
    }
}
