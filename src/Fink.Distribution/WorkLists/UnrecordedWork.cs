namespace Fink.Distribution.WorkLists;

/// <summary>The whole source, for a look: no progress is read, none is kept.</summary>
internal sealed class UnrecordedWork(IEnumerable<Slice> slices) : IWorkQueue, ISliceCommit
{
    private readonly Queue<Slice> _slices = new(slices);

    public Task<PlannedSlice?> NextAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_slices.TryDequeue(out var slice) ? new PlannedSlice(slice, 1, null) : null);

    public Task CommitAsync(IReadOnlyList<FinishedSlice> finished, CancellationToken cancellationToken) => Task.CompletedTask;
}
