using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Broker.Tests.Storage.Disks;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Storage.Logs;

public class PartitionLogTests
{
    private static readonly byte[] Piece = new byte[1000];

    private static readonly LogConfig SmallSegments = LogConfig.Default with { SegmentBytes = 1000, IndexIntervalBytes = 100 };

    [Fact]
    public async Task Batches_get_the_offsets_that_follow()
    {
        using var harness = new LogHarness();

        var first = await harness.Append(harness.Batch(count: 3));
        var second = await harness.Append(harness.Batch());

        Assert.Equal((0, 3), (first.BaseOffset, second.BaseOffset));
        Assert.Equal((4, 4, 4, 0), (harness.Log.EndOffset, harness.Log.HighWatermark, harness.Log.LastStableOffset, harness.Log.LogStartOffset));
        Assert.Equal([0, 3], harness.ReadAll());
    }

    [Fact]
    public void An_empty_log_touches_no_disk()
    {
        using var harness = new LogHarness();

        Assert.Equal((0, 0, 0), (harness.Log.EndOffset, harness.Log.LeaderEpoch, harness.Log.SizeInBytes));
        Assert.Empty(Directory.EnumerateFileSystemEntries(harness.Folder));
    }

    [Fact]
    public async Task An_empty_log_has_no_record_of_any_time()
    {
        using var harness = new LogHarness();

        Assert.Equal(TimestampedOffset.None, await harness.Log.OffsetOfMaxTimestampAsync(TestContext.Current.CancellationToken));
        Assert.Equal(TimestampedOffset.None, await harness.FindTime(-5));
        Assert.Null(harness.Log.OfflineReason);
    }

    [Fact]
    public async Task The_greatest_time_is_that_of_what_is_left()
    {
        using var harness = new LogHarness();
        await harness.Append(harness.Batch(timestamp: 9000));
        await harness.Append(harness.Batch(timestamp: 4000));
        await harness.Append(harness.Batch(timestamp: 6000));

        Assert.Equal((0, 9000), await harness.FindGreatestTime());
        harness.Log.DeleteRecordsBefore(1);
        Assert.Equal((2, 6000), await harness.FindGreatestTime());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(700)]
    [InlineData(100_000)]
    public async Task Whatever_is_asked_for_at_once_every_offset_is_found(int maxBytes)
    {
        using var harness = new LogHarness(SmallSegments);
        for (var i = 0; i < 60; i++) await harness.Append(harness.Batch(count: 2, valueLength: i * 7 % 300));
        Assert.True(harness.Files("*.log").Length > 5);

        Assert.Equal(Enumerable.Range(0, 60).Select(i => 2L * i), harness.ReadAll(maxBytes: maxBytes));
        for (var offset = 0; offset < 120; offset++) Assert.Equal(offset / 2 * 2, harness.ReadAll(offset, maxBytes)[0]);
    }

    [Fact]
    public async Task A_first_batch_longer_than_the_limit_is_given_only_where_one_has_to_be()
    {
        using var harness = new LogHarness();
        await harness.Append(harness.Batch(valueLength: 50_000));

        using var none = harness.Log.Read(0, 1000, atLeastOneBatch: false, IsolationLevel.ReadUncommitted);
        using var one = harness.Log.Read(0, 1000, atLeastOneBatch: true, IsolationLevel.ReadUncommitted);

        Assert.Equal((0, ErrorCode.None), (none.Length, none.Error));
        Assert.True(one.Length > 50_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slice_has_as_many_whole_batches_as_fit_from_the_one_with_the_offset_on(bool isAfterRestart)
    {
        using var harness = new LogHarness(LogConfig.Default with { IndexIntervalBytes = 300 });
        List<(int Start, int Size)> batches = [];
        for (var i = 0; i < 60; i++)
        {
            var batch = harness.Batch(count: 2, valueLength: i * 37 % 500);
            batches.Add((i == 0 ? 0 : batches[^1].Start + batches[^1].Size, batch.Length));
            await harness.Append(batch);
        }

        if (isAfterRestart) await harness.Restart();
        var segment = await File.ReadAllBytesAsync(harness.Segment(0), TestContext.Current.CancellationToken);

        for (var first = 0; first < batches.Count; first++)
        {
            var start = batches[first].Start;
            foreach (var fitting in batches[first..].SelectMany(batch => (int[])[batch.Start + batch.Size - start - 1, batch.Start + batch.Size - start]))
            {
                using var slice = harness.Log.Read((2 * first) + 1, fitting, atLeastOneBatch: false, IsolationLevel.ReadUncommitted);
                var end = batches[first..].Select(batch => batch.Start + batch.Size).TakeWhile(end => end - start <= fitting).LastOrDefault(start);

                Assert.True(segment.AsSpan(start, end - start).SequenceEqual(slice.ToArray()), $"batch {first}, {fitting} bytes: {slice.Length} instead of {end - start}");
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public async Task An_offset_outside_the_log_is_out_of_range(long offset)
    {
        using var harness = new LogHarness();
        await harness.Append(harness.Batch(count: 2));

        using var slice = harness.Log.Read(offset, 1000, true, IsolationLevel.ReadUncommitted);

        Assert.Equal(ErrorCode.OffsetOutOfRange, slice.Error);
        Assert.Equal((2, 0), (slice.HighWatermark, slice.LogStartOffset));
    }

    [Fact]
    public async Task What_was_appended_is_there_after_a_clean_stop_and_after_a_crash()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(30);
        await harness.Restart();
        Assert.Equal(30, harness.ReadAll().Count);

        await harness.Fill(30);
        harness.Crash();

        Assert.Equal(Enumerable.Range(0, 60).Select(i => (long)i), harness.ReadAll());
        Assert.Equal(0, harness.Log.LeaderEpoch);
        Assert.Empty(harness.Reports);
    }

    [Fact]
    public async Task Times_find_their_records_through_all_segments()
    {
        using var harness = new LogHarness(SmallSegments);
        for (var i = 0; i < 40; i++) await harness.Append(harness.Batch(count: 2, timestamp: 1000 + (10 * i)));

        var at = await harness.FindTime(1200);
        var between = await harness.FindTime(1201);

        Assert.Equal((40, 1200), (at.Offset, at.Timestamp));
        Assert.Equal((42, 1210), (between.Offset, between.Timestamp));
        Assert.Equal(0, (await harness.FindTime(0)).Offset);
        Assert.Equal(TimestampedOffset.None, await harness.FindTime(5000));
        Assert.Equal((78, 1390), await harness.FindGreatestTime());
    }

    [Fact]
    public async Task The_log_start_survives_a_crash()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(30);

        Assert.Equal(new DeleteRecordsResult(ErrorCode.None, 17), harness.Log.DeleteRecordsBefore(17));
        Assert.Equal(ErrorCode.OffsetOutOfRange, harness.Log.DeleteRecordsBefore(31).Error);
        harness.Crash();

        Assert.Equal((17, 30), (harness.Log.LogStartOffset, harness.Log.EndOffset));
        using var before = harness.Log.Read(16, 1000, true, IsolationLevel.ReadUncommitted);
        Assert.Equal(ErrorCode.OffsetOutOfRange, before.Error);
        Assert.Equal(17, harness.ReadAll(17)[0]);
        Assert.Equal(17, harness.Log.DeleteRecordsBefore(3).LogStartOffset);
        Assert.Equal(30, harness.Log.DeleteRecordsBefore(-1).LogStartOffset);
    }

    [Fact]
    public async Task Segments_that_are_too_old_or_too_much_go()
    {
        using var harness = new LogHarness(SmallSegments with { Retention = TimeSpan.FromHours(1), RetentionBytes = null });
        await harness.Fill(30);
        harness.Time.Advance(TimeSpan.FromHours(2));
        await harness.Fill(30);

        var size = harness.Log.SizeInBytes;
        Assert.True(harness.Log.ApplyRetention() > 0);
        Assert.InRange(harness.Log.LogStartOffset, 20, 30);
        Assert.True(harness.Log.SizeInBytes < size);

        harness.Log.Configure(harness.Config with { RetentionBytes = 1500 });
        harness.Log.ApplyRetention();
        Assert.InRange(harness.Log.SizeInBytes, 1500, 2500);

        var start = harness.Log.LogStartOffset;
        harness.Crash();
        Assert.Equal((start, 60), (harness.Log.LogStartOffset, harness.Log.EndOffset));
        Assert.Equal(60 - start, harness.ReadAll(start).Count);
    }

    [Fact]
    public async Task When_even_the_active_segment_is_too_old_the_log_ends_up_empty_with_its_offsets()
    {
        using var harness = new LogHarness(SmallSegments with { Retention = TimeSpan.FromHours(1) });
        await harness.Fill(30);
        harness.Time.Advance(TimeSpan.FromHours(2));

        harness.Log.ApplyRetention();

        Assert.Equal((30, 30, 0), (harness.Log.LogStartOffset, harness.Log.EndOffset, harness.Log.SizeInBytes));
        Assert.Equal(30, (await harness.Append(harness.Batch())).BaseOffset);
    }

    [Fact]
    public async Task A_clock_that_goes_back_neither_rolls_nor_deletes()
    {
        using var harness = new LogHarness(LogConfig.Default with { SegmentAge = TimeSpan.FromHours(1), Retention = TimeSpan.FromHours(1) });
        await harness.Append(harness.Batch(timestamp: harness.NowMs + 10_000_000));
        await harness.Fill(5);

        Assert.Equal(0, harness.Log.ApplyRetention());
        Assert.Single(harness.Files("*.log"));
    }

    [Fact]
    public async Task Old_segments_are_closed_by_the_next_append()
    {
        using var harness = new LogHarness(LogConfig.Default with { SegmentAge = TimeSpan.FromHours(1) });
        await harness.Fill(2);
        harness.Time.Advance(TimeSpan.FromHours(2));
        await harness.Fill(2);

        Assert.Equal([harness.Segment(0), harness.Segment(2)], harness.Files("*.log"));
    }

    [Fact]
    public async Task Observers_hear_of_appends_of_the_log_start_and_of_the_end()
    {
        using var harness = new LogHarness();
        var observer = new CountingObserver();
        harness.Log.AddObserver(observer);

        await harness.Fill(1);
        var afterAppend = observer.Count;
        harness.Log.DeleteRecordsBefore(1);
        var afterDelete = observer.Count;
        harness.Log.Abandon();

        Assert.Equal((1, 2, 3), (afterAppend, afterDelete, observer.Count));
        using var slice = harness.Log.Read(0, 1, true, IsolationLevel.ReadUncommitted);
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, slice.Error);
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, (await harness.Append(harness.Batch())).Error);
    }

    [Fact]
    public async Task Appends_of_many_threads_wait_for_few_flushes_and_leave_no_gap()
    {
        using var harness = new LogHarness(policy: FlushPolicy.Always);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => harness.Append(harness.Batch()))));

        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), results.Select(result => result.BaseOffset).Order());
        Assert.Equal(50, harness.Log.HighWatermark);
        Assert.Equal(50, harness.ReadAll().Count);
    }

    [Fact]
    public async Task A_topic_may_want_its_records_flushed_every_so_many()
    {
        using var harness = new LogHarness(LogConfig.Default with { FlushMessages = 3 });
        harness.Disk.FailAt(0, Fault.FlushError);

        await harness.Fill(2);
        Assert.Equal(ErrorCode.KafkaStorageError, (await harness.Append(harness.Batch())).Error);
    }

    [Fact]
    public async Task Readers_see_no_gap_while_the_log_is_written_rolled_cut_and_cleared()
    {
        using var harness = new LogHarness(SmallSegments with { RetentionBytes = 3000 });
        var writers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => harness.Fill(300), TestContext.Current.CancellationToken)).ToArray();
        var reader = Task.Run(() => ReadToOffset(harness, 600), TestContext.Current.CancellationToken);
        var upkeep = Task.Run(() => KeepUp(harness, 600), TestContext.Current.CancellationToken);

        await Task.WhenAll([.. writers, reader, upkeep]);

        Assert.Null(harness.Log.OfflineReason);
        Assert.Equal(600, harness.Log.EndOffset);
        harness.Crash();
        Assert.Equal(600 - harness.Log.LogStartOffset, harness.ReadAll(harness.Log.LogStartOffset).Count);
    }

    private static void ReadToOffset(LogHarness harness, long end)
    {
        for (var next = 0L; next < end;)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            using var slice = harness.Log.Read(next, 500, true, IsolationLevel.ReadUncommitted);
            if (slice.Error == ErrorCode.OffsetOutOfRange) next = harness.Log.LogStartOffset;
            else Assert.Equal(ErrorCode.None, slice.Error);

            for (ReadOnlySpan<byte> rest = slice.ToArray(); !rest.IsEmpty;)
            {
                Assert.True(RecordBatch.TryRead(rest, out var batch) && batch.HasSoundCrc && batch.BaseOffset == next);
                next = batch.NextOffset;
                rest = rest[batch.SizeInBytes..];
            }
        }
    }

    private static async Task KeepUp(LogHarness harness, long end)
    {
        while (harness.Log.EndOffset < end)
        {
            harness.Log.ApplyRetention();
            await harness.FindTime(harness.NowMs);
            harness.Log.DeleteRecordsBefore(Math.Max(0, harness.Log.EndOffset - 40));
            await harness.Log.FlushAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Appending_and_reading_allocate_nothing_per_record()
    {
        using var harness = new LogHarness();
        var (few, many) = (harness.Batch(count: 10), harness.Batch(count: 10_000));
        // The pools of buffers are filled once.
        AllocatedBy(harness, few);
        AllocatedBy(harness, many);

        Assert.Equal(AllocatedBy(harness, few), AllocatedBy(harness, many));
    }

    private static long AllocatedBy(LogHarness harness, byte[] batch)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var append = harness.Log.AppendAsync(batch, AppendOrigin.Client, CancellationToken.None).AsTask();
        Assert.True(append.IsCompletedSuccessfully);
        using var slice = harness.Log.Read(harness.Log.EndOffset - 1, 1000, true, IsolationLevel.ReadUncommitted);
        slice.CopyTo(0, Piece.AsSpan(0, Math.Min(slice.Length, Piece.Length)));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class CountingObserver : ILogObserver
    {
        public int Count { get; private set; }

        public void Changed(PartitionLog log) => Count++;
    }
}
