using Fink.Kafka.Broker.Storage;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Broker.Tests.Storage.Disks;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Storage.Logs;

public class RecoveryTests
{
    private static readonly LogConfig SmallSegments = LogConfig.Default with { SegmentBytes = 1000, IndexIntervalBytes = 100 };

    [Fact]
    public async Task A_last_batch_torn_at_any_byte_is_cut_off_and_nothing_before_it()
    {
        using var any = new LogHarness();
        var length = any.Batch().Length;
        for (var kept = 1; kept < length; kept++)
        {
            using var harness = new LogHarness();
            await harness.Fill(3);
            await Damage(harness, 0, bytes => bytes[..^(length - kept)]);

            Assert.Equal([0, 1], harness.ReadAll());
            Assert.Equal((2, 1), (harness.Log.EndOffset, harness.Log.LeaderEpoch));
            Assert.Equal(2 * length, new FileInfo(harness.Segment(0)).Length);
            Assert.Equal(new EpochEnd(0, 2), harness.Log.EndOffsetOf(0));
            Assert.Single(harness.Reports);

            Assert.Equal(2, (await harness.Append(harness.Batch())).BaseOffset);
            harness.Crash();
            Assert.Equal([0, 1, 2], harness.ReadAll());
            Assert.Equal((1, new EpochEnd(1, 3)), (harness.Log.LeaderEpoch, harness.Log.EndOffsetOf(1)));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 2, 0x7F, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 50 })]
    public async Task A_tail_of_zeros_or_of_lengths_that_cannot_be_is_cut_off(byte[] tail)
    {
        using var harness = new LogHarness();
        await harness.Fill(2);
        await Damage(harness, 0, bytes => [.. bytes, .. tail, .. new byte[5000]]);

        Assert.Equal([0, 1], harness.ReadAll());
        Assert.Equal(1, harness.Log.LeaderEpoch);
    }

    [Fact]
    public async Task A_flipped_bit_in_what_was_not_flushed_ends_the_log_before_it()
    {
        using var harness = new LogHarness();
        await harness.Fill(10);
        await Damage(harness, 0, bytes => Flipped(bytes, bytes.Length - 5));

        Assert.Equal(Enumerable.Range(0, 9).Select(i => (long)i), harness.ReadAll());
    }

    [Fact]
    public async Task Sound_batches_behind_a_bad_one_are_cut_but_kept_in_a_file_that_the_report_names()
    {
        using var harness = new LogHarness();
        await harness.Fill(10);
        var cut = Array.Empty<byte>();
        var size = harness.Batch().Length;
        await Damage(harness, 0, bytes =>
        {
            var bad = Flipped(bytes, (5 * size) - 5);
            cut = bad[(4 * size)..];
            return bad;
        });

        Assert.Equal([0, 1, 2, 3], harness.ReadAll());
        var kept = Assert.Single(harness.Files("*.cut-*"));
        Assert.Equal(cut, await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken));
        var report = Assert.Single(harness.Reports);
        Assert.Contains(kept, report, StringComparison.Ordinal);
        Assert.Contains("at least 5 sound ones follow", report, StringComparison.Ordinal);

        await harness.Fill(2);
        harness.Crash();
        Assert.Equal([0, 1, 2, 3, 4, 5], harness.ReadAll());
        Assert.Single(harness.Files("*.cut-*"));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_not_cut()
    {
        using var harness = new LogHarness();
        await harness.Fill(4);
        harness.Log.Abandon();
        var bytes = Flipped(await File.ReadAllBytesAsync(harness.Segment(0), TestContext.Current.CancellationToken), 100);
        await File.WriteAllBytesAsync(harness.Segment(0), bytes, TestContext.Current.CancellationToken);
        harness.Crash();
        harness.Disk.FailAt(0, Fault.NoSpace);

        Assert.Equal(-1, harness.Log.EndOffset);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(harness.Segment(0), TestContext.Current.CancellationToken));
        harness.Disk.Heal();
        Assert.Equal(1, harness.Log.EndOffset);
        Assert.Contains(harness.Files("*.cut-*"), file => new FileInfo(file).Length == bytes.Length - harness.Batch().Length);
    }

    [Fact]
    public async Task A_flipped_bit_in_a_closed_segment_takes_the_partition_offline_and_keeps_the_file()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(40);
        await Damage(harness, 0, bytes => Flipped(bytes, 200));
        var damaged = await File.ReadAllBytesAsync(harness.Segment(0), TestContext.Current.CancellationToken);
        Assert.Equal(40, harness.Log.EndOffset);

        using var slice = harness.Log.Read(0, 10_000, true, IsolationLevel.ReadUncommitted);

        Assert.Equal(ErrorCode.KafkaStorageError, slice.Error);
        Assert.Contains(harness.Segment(0), harness.Log.OfflineReason, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.KafkaStorageError, (await harness.Append(harness.Batch())).Error);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(harness.Segment(0), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 1L << 38)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(2, long.MinValue)]
    public async Task A_batch_with_another_offset_than_its_own_is_neither_given_nor_waited_for(int batch, long flipped)
    {
        using var harness = new LogHarness();
        await harness.Fill(8);
        await harness.Restart();
        await Damage(harness, 0, bytes =>
        {
            RecordBatchHeader.SetBaseOffset(bytes.AsSpan(bytes.Length / 8 * batch), batch ^ flipped);
            return bytes;
        });

        using var slice = harness.Log.Read(batch, 1, true, IsolationLevel.ReadUncommitted);

        Assert.Equal(ErrorCode.KafkaStorageError, slice.Error);
        Assert.Contains("is damaged", harness.Log.OfflineReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_cut_short_while_it_is_open_is_found_when_it_is_read_and_not_waited_for()
    {
        using var harness = new LogHarness();
        await harness.Fill(4);
        using (var file = harness.Disk.Open(harness.Segment(0), DiskOpen.Existing)) file.SetLength(file.Length - 5);

        using var slice = harness.Log.Read(3, 10_000, true, IsolationLevel.ReadUncommitted);
        Assert.Throws<StorageException>(() => slice.ToArray());

        using var again = harness.Log.Read(3, 10_000, true, IsolationLevel.ReadUncommitted);
        Assert.Equal(ErrorCode.KafkaStorageError, again.Error);
        Assert.Contains("is damaged", harness.Log.OfflineReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_bit_in_what_was_flushed_before_a_clean_stop_is_found_when_it_is_read()
    {
        using var harness = new LogHarness();
        await harness.Fill(4);
        await harness.Restart();
        await Damage(harness, 0, bytes => Flipped(bytes, bytes.Length - 5));

        using var slice = harness.Log.Read(0, 10_000, true, IsolationLevel.ReadUncommitted);

        Assert.Equal(ErrorCode.KafkaStorageError, slice.Error);
        Assert.NotNull(harness.Log.OfflineReason);
    }

    [Fact]
    public async Task A_file_shorter_than_what_was_flushed_is_never_taken_for_the_whole()
    {
        using var harness = new LogHarness();
        await harness.Fill(4);
        await harness.Restart();
        await Damage(harness, 0, bytes => bytes[..^80]);

        using var slice = harness.Log.Read(0, 10_000, true, IsolationLevel.ReadUncommitted);

        Assert.Equal(ErrorCode.KafkaStorageError, slice.Error);
        Assert.Contains("lost", harness.Log.OfflineReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_segment_is_never_taken_for_none()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(40);
        harness.Log.Abandon();
        File.Delete(harness.Files("*.log")[1]);
        harness.Crash();

        Assert.Equal(-1, harness.Log.EndOffset);
        Assert.Contains("missing", harness.Log.OfflineReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("longer")]
    [InlineData("shorter")]
    [InlineData("flipped")]
    [InlineData("of another segment")]
    public async Task An_index_of_no_use_is_made_again(string fault)
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(40);
        await harness.Restart();
        harness.Log.Abandon();
        var indexes = harness.Files("*.idx");
        foreach (var index in indexes)
        {
            var bytes = await File.ReadAllBytesAsync(index, TestContext.Current.CancellationToken);
            var faulty = fault switch
            {
                "longer" => [.. bytes, .. new byte[60]],
                "shorter" => bytes[..^7],
                "flipped" => Flipped(bytes, 20),
                _ => await File.ReadAllBytesAsync(indexes[^1], TestContext.Current.CancellationToken),
            };
            if (fault == "gone") File.Delete(index);
            else await File.WriteAllBytesAsync(index, faulty, TestContext.Current.CancellationToken);
        }

        harness.Crash();

        for (var offset = 0; offset < 40; offset++) Assert.Equal(offset, harness.ReadAll(offset)[0]);
        Assert.Null(harness.Log.OfflineReason);
    }

    [Fact]
    public async Task An_index_older_than_its_segment_is_carried_on()
    {
        using var harness = new LogHarness(LogConfig.Default with { IndexIntervalBytes = 100 });
        await harness.Fill(20);
        await harness.Restart();
        await harness.Fill(20);
        harness.Crash();

        for (var offset = 0; offset < 40; offset++) Assert.Equal(offset, harness.ReadAll(offset)[0]);
    }

    [Fact]
    public async Task Without_its_state_a_log_is_read_again_from_the_segments()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(40);
        harness.Log.Abandon();
        File.Delete(Path.Combine(harness.Folder, "state"));
        harness.Crash();

        Assert.Equal(40, harness.ReadAll().Count);
        Assert.Equal(0, harness.Log.LeaderEpoch);
        Assert.Equal(40, (await harness.Append(harness.Batch())).BaseOffset);
    }

    [Fact]
    public async Task Without_its_state_a_closed_segment_that_is_damaged_is_not_cut()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(40);
        harness.Log.Abandon();
        File.Delete(Path.Combine(harness.Folder, "state"));
        var length = new FileInfo(harness.Segment(0)).Length;
        await Damage(harness, 0, bytes => Flipped(bytes, 200));

        Assert.Equal(-1, harness.Log.EndOffset);
        Assert.Equal(length, new FileInfo(harness.Segment(0)).Length);
    }

    [Fact]
    public async Task A_damaged_state_takes_the_partition_offline()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(40);
        harness.Log.Abandon();
        var state = Path.Combine(harness.Folder, "state");
        await File.WriteAllBytesAsync(
            state, Flipped(await File.ReadAllBytesAsync(state, TestContext.Current.CancellationToken), 30), TestContext.Current.CancellationToken);
        harness.Crash();

        Assert.Equal(-1, harness.Log.EndOffset);
        Assert.Contains(state, harness.Log.OfflineReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_segment_that_a_roll_had_begun_is_in_nobodys_way()
    {
        using var harness = new LogHarness();
        await harness.Fill(4);
        await File.WriteAllBytesAsync(harness.Segment(4), [], TestContext.Current.CancellationToken);
        harness.Crash();

        await harness.Fill(4);
        Assert.Equal(8, harness.ReadAll().Count);
        Assert.Single(harness.Files("*.log"));
    }

    [Fact]
    public async Task Segments_that_retention_let_go_but_did_not_delete_are_deleted()
    {
        using var harness = new LogHarness(SmallSegments with { RetentionBytes = 2000 });
        await harness.Fill(60);
        var oldest = await File.ReadAllBytesAsync(harness.Segment(0), TestContext.Current.CancellationToken);
        harness.Log.ApplyRetention();
        var start = harness.Log.LogStartOffset;
        await File.WriteAllBytesAsync(harness.Segment(0), oldest, TestContext.Current.CancellationToken);
        harness.Crash();

        Assert.Equal((start, 60), (harness.Log.LogStartOffset, harness.Log.EndOffset));
        Assert.False(File.Exists(harness.Segment(0)));
    }

    [Fact]
    public async Task What_follows_a_hole_is_not_shown()
    {
        using var harness = new LogHarness();
        await harness.Fill(1);
        await Damage(harness, 0, bytes =>
        {
            var later = bytes.ToArray();
            RecordBatchHeader.SetBaseOffset(later, 5);
            return [.. bytes, .. later];
        });

        Assert.Equal([0], harness.ReadAll());
    }

    private static async Task Damage(LogHarness harness, long segment, Func<byte[], byte[]> damage)
    {
        harness.Log.Abandon();
        var path = harness.Segment(segment);
        await File.WriteAllBytesAsync(path, damage(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);
        harness.Crash();
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var flipped = bytes.ToArray();
        flipped[at] ^= 0x10;
        return flipped;
    }
}
