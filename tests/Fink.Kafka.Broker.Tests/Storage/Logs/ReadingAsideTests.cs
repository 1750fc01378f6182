using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Storage.Logs;

/// <summary>What takes the disk's time is read while appends go on.</summary>
public sealed class ReadingAsideTests
{
    private static readonly LogConfig SmallSegments = LogConfig.Default with { SegmentBytes = 1000, IndexIntervalBytes = 100 };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Appends_go_on_while_the_greatest_time_is_looked_for()
    {
        using var harness = new LogHarness(SmallSegments);
        Assert.Equal(ErrorCode.None, (await harness.Append(harness.Batch(timestamp: harness.NowMs + 10))).Error);
        await harness.Fill(3);
        harness.Log.DeleteRecordsBefore(1);

        var found = await WhileAppending(harness, () => harness.Log.OffsetOfMaxTimestampAsync(Cancellation).AsTask());

        Assert.Equal((1, harness.NowMs), (found.Offset, found.Timestamp));
    }

    [Fact]
    public async Task Appends_go_on_while_a_closed_segments_index_is_made_again()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(30);
        await harness.Restart();
        File.Delete(harness.Files("*.idx")[0]);
        await harness.Fill(1);

        var error = await WhileAppending(harness, () =>
        {
            using var slice = harness.Log.Read(5, 100, atLeastOneBatch: true, IsolationLevel.ReadUncommitted);
            return Task.FromResult(slice.Error);
        });

        Assert.Equal(ErrorCode.None, error);
        Assert.Equal(32, harness.ReadAll().Count);
    }

    [Fact]
    public async Task How_much_there_is_to_read_is_said_without_a_look_at_the_disk()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(30);
        await harness.Restart();
        await harness.Fill(1);
        var reads = 0;
        harness.Disk.BeforeRead = () => reads++;

        Assert.InRange(harness.Log.BytesFrom(5, IsolationLevel.ReadUncommitted), 1, harness.Log.SizeInBytes);
        Assert.Equal(0, reads);
    }

    [Fact]
    public async Task Where_a_segment_goes_while_its_index_is_looked_for_the_reader_is_told_of_the_new_start()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(30);
        await harness.Restart();
        harness.Disk.BeforeOpen = path =>
        {
            if (!path.EndsWith("00.idx", StringComparison.Ordinal)) return;

            harness.Disk.BeforeOpen = null;
            harness.Log.DeleteRecordsBefore(20);
            Assert.NotEqual(0, harness.Log.ApplyRetention());
        };

        using var slice = harness.Log.Read(5, 100, atLeastOneBatch: true, IsolationLevel.ReadUncommitted);

        Assert.Equal((ErrorCode.OffsetOutOfRange, 20), (slice.Error, slice.LogStartOffset));
        Assert.Empty(harness.Trouble);
    }

    [Fact]
    public async Task What_was_found_is_read_to_its_end_though_its_segment_is_deleted_and_its_file_is_closed_then()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(30);
        var segment = await File.ReadAllBytesAsync(harness.Segment(0), Cancellation);
        var slice = harness.Log.Read(0, 100_000, atLeastOneBatch: true, IsolationLevel.ReadUncommitted);
        harness.Log.DeleteRecordsBefore(20);
        Assert.NotEqual(0, harness.Log.ApplyRetention());
        Assert.False(File.Exists(harness.Segment(0)));
        var open = harness.Disk.OpenFiles;

        Assert.Equal(segment, slice.ToArray());

        slice.Dispose();
        slice.Dispose();
        Assert.Equal(open - 1, harness.Disk.OpenFiles);
    }

    /// <summary>Appends between the first read that the question causes and its answer.</summary>
    private static async Task<T> WhileAppending<T>(LogHarness harness, Func<Task<T>> question)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var mayEnd = new ManualResetEventSlim();
        harness.Disk.BeforeRead = () =>
        {
            if (begun.TrySetResult()) mayEnd.Wait(Cancellation);
        };
        var answer = Task.Run(question, Cancellation);
        try
        {
            await begun.Task.WaitAsync(Patience, Cancellation);
            await Task.Run(() => harness.Fill(1), Cancellation).WaitAsync(Patience, Cancellation);
            Assert.False(answer.IsCompleted);
        }
        finally
        {
            mayEnd.Set();
        }

        return await answer;
    }
}
