using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Broker.Tests.Storage.Disks;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Tests.Storage.Logs;

public class FailingDiskTests
{
    private static readonly LogConfig SmallSegments = LogConfig.Default with { SegmentBytes = 500, IndexIntervalBytes = 100 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disk_that_is_full_at_any_write_costs_no_offset_and_goes_on_when_there_is_space(bool always)
    {
        for (var operation = 0; operation < 40; operation++)
        {
            using var harness = new LogHarness(SmallSegments, always ? FlushPolicy.Always : FlushPolicy.Os);
            await harness.Fill(2);
            harness.Disk.FailAt(operation, Fault.NoSpace);

            var appended = 2;
            var refused = 0;
            for (var i = 0; i < 12; i++)
            {
                if (i == 9) harness.Disk.Heal();
                var result = await harness.Append(harness.Batch());
                if (result.Error == ErrorCode.None) Assert.Equal(appended++, result.BaseOffset);
                else refused++;
            }

            Assert.Equal(harness.Disk.HasFailed, refused > 0);
            Assert.Null(harness.Log.OfflineReason);
            Assert.Equal(Enumerable.Range(0, appended).Select(i => (long)i), harness.ReadAll());
            harness.Crash();
            Assert.Equal(Enumerable.Range(0, appended).Select(i => (long)i), harness.ReadAll());
            Assert.Empty(harness.Reports);
            Assert.Equal(refused > 0 ? 1 : 0, harness.Trouble.Count);
        }
    }

    [Fact]
    public async Task A_write_that_ends_half_way_leaves_nothing_behind()
    {
        for (var operation = 0; operation < 20; operation++)
        {
            using var harness = new LogHarness(SmallSegments);
            harness.Disk.FailAt(operation, Fault.ShortWrite);
            var appended = 0;
            for (var i = 0; i < 14; i++)
            {
                var result = await harness.Append(harness.Batch());
                if (result.Error == ErrorCode.None) Assert.Equal(appended++, result.BaseOffset);
            }

            Assert.Equal(appended, harness.ReadAll().Count);
            harness.Crash();
            Assert.Equal(appended, harness.ReadAll().Count);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_flush_that_failed_nothing_is_acknowledged_and_nothing_acknowledged_is_lost(bool always)
    {
        for (var operation = 0; operation < 30; operation++)
        {
            using var harness = new LogHarness(SmallSegments, always ? FlushPolicy.Always : FlushPolicy.Os);
            harness.Disk.FailAt(operation, Fault.FlushError);
            var acknowledged = 0;
            for (var i = 0; i < 14; i++)
            {
                var result = await harness.Append(harness.Batch());
                if (result.Error == ErrorCode.None) Assert.Equal(acknowledged++, result.BaseOffset);
            }

            harness.Disk.Heal();
            harness.Crash();
            Assert.True(harness.ReadAll().Count >= acknowledged);
        }
    }

    [Fact]
    public async Task A_log_whose_flush_failed_stays_offline_whatever_the_disk_does_next()
    {
        using var harness = new LogHarness(policy: FlushPolicy.Always);
        await harness.Fill(1);
        harness.Disk.FailAt(0, Fault.FlushError);

        Assert.Equal(ErrorCode.KafkaStorageError, (await harness.Append(harness.Batch())).Error);
        harness.Disk.Heal();

        Assert.Equal(ErrorCode.KafkaStorageError, (await harness.Append(harness.Batch())).Error);
        Assert.Contains("flush", harness.Log.OfflineReason, StringComparison.Ordinal);
        Assert.Single(harness.Reports);
    }

    [Fact]
    public async Task A_crash_at_any_step_of_saving_keeps_the_old_state_or_has_the_new_one()
    {
        for (var operation = 0; operation < 8; operation++)
        {
            using var harness = new LogHarness(SmallSegments);
            await harness.Fill(20);
            harness.Disk.FailAt(operation, Fault.AnyOperation);

            var result = harness.Log.DeleteRecordsBefore(7);
            harness.Disk.Heal();
            harness.Crash();

            Assert.Equal(20, harness.Log.EndOffset);
            if (result.Error == ErrorCode.None) Assert.Equal(7, harness.Log.LogStartOffset);
            else Assert.Contains(harness.Log.LogStartOffset, (long[])[0, 7]);
        }
    }

    [Fact]
    public async Task A_state_that_was_not_renamed_is_not_looked_at()
    {
        using var harness = new LogHarness();
        await harness.Fill(3);
        await File.WriteAllTextAsync(
            Path.Combine(harness.Folder, "state.tmp"), "half of", TestContext.Current.CancellationToken);
        harness.Crash();

        Assert.Equal(3, harness.ReadAll().Count);
        Assert.Equal(2, harness.Log.DeleteRecordsBefore(2).LogStartOffset);
    }
}
