using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Broker.Storage.Logs.Recovery;
using Fink.Kafka.Broker.Storage.Logs.Segments;
using Fink.Kafka.Broker.Tests.Storage.Disks;

namespace Fink.Kafka.Broker.Tests.Storage.Logs;

/// <summary>The state file is written now and then while the log is in use, so that a crash costs little reading.</summary>
public sealed class StateSavingTests
{
    /// <summary>Records of a megabyte: more than are written before the state is saved.</summary>
    private const int Many = 70;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Appends_go_on_while_the_state_is_saved_and_it_says_only_what_was_flushed_before()
    {
        using var harness = new LogHarness();
        await harness.Fill(Many, valueLength: 1_000_000);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var mayEnd = new ManualResetEventSlim();
        harness.Disk.BeforeRename = () =>
        {
            begun.SetResult();
            mayEnd.Wait(Patience, Cancellation);
        };

        var saving = harness.Log.FlushAsync(Cancellation);
        await begun.Task.WaitAsync(Patience, Cancellation);
        await Task.Run(() => harness.Fill(1), Cancellation).WaitAsync(Patience, Cancellation);
        Assert.False(saving.IsCompleted);
        mayEnd.Set();
        await saving;
        harness.Disk.BeforeRename = null;

        Assert.Equal(Many, Saved(harness).EndOffset);
        harness.Crash();
        Assert.Equal(Many + 1, harness.Log.EndOffset);
    }

    [Fact]
    public async Task A_log_that_is_closed_while_its_state_is_saved_leaves_the_newer_one()
    {
        using var harness = new LogHarness();
        await harness.Fill(Many, valueLength: 1_000_000);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var mayEnd = new ManualResetEventSlim();
        harness.Disk.BeforeRename = () =>
        {
            if (begun.TrySetResult()) mayEnd.Wait(Patience, Cancellation);
        };

        var saving = harness.Log.FlushAsync(Cancellation);
        await begun.Task.WaitAsync(Patience, Cancellation);
        await Task.Run(() => harness.Fill(1), Cancellation).WaitAsync(Patience, Cancellation);
        var closing = harness.Log.CloseAsync();
        mayEnd.Set();
        await saving;
        await closing;

        Assert.Equal(Many + 1, Saved(harness).EndOffset);
    }

    [Fact]
    public void An_older_snapshot_never_replaces_a_newer_one()
    {
        using var folder = new TemporaryFolder();
        var file = new LogStateFile(LocalDisk.Instance, folder.Path);
        var older = file.Take(Ending(at: 1));
        var newer = file.Take(Ending(at: 2));

        file.Write(newer);
        file.Write(older);

        Assert.Equal(2, file.Read()!.EndOffset);
    }

    [Fact]
    public void A_state_saved_too_late_does_not_bring_a_deleted_folder_back()
    {
        using var folder = new TemporaryFolder();
        var deleted = Path.Combine(folder.Path, "0");
        var file = new LogStateFile(LocalDisk.Instance, deleted);

        Assert.ThrowsAny<IOException>(() => file.Write(file.Take(Ending(at: 1))));
        Assert.False(Directory.Exists(deleted));
    }

    private static LogState Saved(LogHarness harness) => new LogStateFile(LocalDisk.Instance, harness.Folder).Read()!;

    private static LogState Ending(long at) =>
        new() { EndOffset = at, Segments = [SegmentSummary.Empty(0, 0)], Epochs = [new EpochStart(0, 0)] };
}
