using Fink.Distribution.WorkLists;

namespace Fink.Distribution.Distributing;

/// <summary>
/// Reading with encoding, sending, and committing, each at its own pace: blocks go from the first to the second and back,
/// ended slices from the second to the third. The first that fails stops the others.
/// </summary>
internal sealed class Pipeline(AlertReader reader, AlertSender sender, ISliceCommit commit, RunCounts counts, PipelineQueues queues)
{
    /// <param name="work">The slices.</param>
    /// <param name="noFurtherSlice">Ends the run at the next border of a slice.</param>
    /// <param name="abort">Ends it now; slices under way stay undone.</param>
    /// <returns>What went wrong, or null.</returns>
    public async Task<Exception?> RunAsync(IWorkQueue work, CancellationToken noFurtherSlice, CancellationToken abort)
    {
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(abort);
        using var noFurther = CancellationTokenSource.CreateLinkedTokenSource(noFurtherSlice, failure.Token);
        Exception? error = null;
        await Task.WhenAll(
            Guard(Task.Run(() => ReadAsync(work, noFurther.Token, failure.Token), CancellationToken.None)),
            Guard(Task.Factory.StartNew(() => Send(failure.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
            Guard(CommitAsync(failure.Token)));
        return error;

        async Task Guard(Task part)
        {
            try
            {
                await part;
            }
            catch (OperationCanceledException) when (failure.IsCancellationRequested)
            {
                // Another part failed, or the run is called off: the cause is known there.
            }
#pragma warning disable CA1031 // A thread's boundary: whatever ended this part is handed on as the run's error.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref error, e, null);
                await failure.CancelAsync();
            }
        }
    }

    // A part says that nothing more comes only when it came to its end. One that fails says nothing: the next would take it for
    // the whole backlog, and the last commit goes past every slice that was given out. Guard stops the others instead.
    private async Task ReadAsync(IWorkQueue work, CancellationToken noFurtherSlice, CancellationToken abort)
    {
        await reader.ReadAllAsync(work, noFurtherSlice, abort);
        queues.Full.CompleteAdding();
    }

    private void Send(CancellationToken abort)
    {
        sender.SendAll(abort);
        queues.Ended.Writer.Complete();
    }

    private async Task CommitAsync(CancellationToken abort)
    {
        var finished = new List<FinishedSlice>();
        while (await queues.Ended.Reader.WaitToReadAsync(abort))
        {
            finished.Clear();
            while (queues.Ended.Reader.TryRead(out var slice))
            {
                finished.Add(slice.Finish());
            }

            await commit.CommitAsync(finished, abort);
            counts.SlicesDone += finished.Count(slice => slice.IsDone);
            counts.Report();
        }

        abort.ThrowIfCancellationRequested();
        await commit.CommitAsync([], abort);
    }
}
