using Fink.Kafka.Broker.Storage.Logs;

namespace Fink.Kafka.Broker.Tests.Storage.Logs;

/// <summary>A broker with many partitions answers for those that nobody uses without loading them.</summary>
public sealed class UnloadedLogTests
{
    /// <summary>The state file, and the last segment for its length.</summary>
    private const int FilesOfALook = 2;

    private static readonly LogConfig SmallSegments = LogConfig.Default with { SegmentBytes = 1000 };

    [Fact]
    public void A_log_that_was_never_used_is_answered_for_without_a_file()
    {
        using var harness = new LogHarness();

        Assert.Equal((0, 0), (harness.Log.LeaderEpoch, harness.Log.ApplyRetention()));
        Assert.Equal(0, harness.Disk.Opened);
    }

    [Fact]
    public async Task The_epoch_of_a_log_that_was_closed_is_known_from_one_look()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(30);
        await harness.Restart();
        harness.Disk.Opened = 0;

        Assert.Equal((0, 0), (harness.Log.LeaderEpoch, harness.Log.LeaderEpoch));
        Assert.Equal(FilesOfALook, harness.Disk.Opened);
        await harness.Fill(1);
        Assert.Equal(31, harness.ReadAll().Count);
    }

    [Fact]
    public async Task The_epoch_after_a_crash_is_the_one_that_recovery_began()
    {
        using var harness = new LogHarness();
        await harness.Fill(3);
        await harness.Restart();
        await harness.Fill(1);
        harness.Log.Abandon();
        using (var segment = File.Open(harness.Segment(0), FileMode.Open)) segment.SetLength(segment.Length - 1);
        harness.Crash();

        Assert.Equal(1, harness.Log.LeaderEpoch);
        Assert.Equal(3, harness.Log.EndOffset);

        await harness.Restart();
        harness.Disk.Opened = 0;
        Assert.Equal(1, harness.Log.LeaderEpoch);
        Assert.Equal(FilesOfALook, harness.Disk.Opened);
    }

    [Fact]
    public async Task A_log_that_lost_a_segment_or_its_state_is_loaded_to_tell()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(30);
        await harness.Restart();
        File.Delete(Path.Combine(harness.Folder, "state"));
        Assert.Equal(0, harness.Log.LeaderEpoch);
        Assert.Equal(30, harness.Log.EndOffset);

        await harness.Restart();
        File.Delete(harness.Segment(0));
        Assert.Equal(-1, harness.Log.LeaderEpoch);
        Assert.Contains("is missing", harness.Log.OfflineReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_state_takes_the_log_offline_and_is_told_once()
    {
        using var harness = new LogHarness();
        await harness.Fill(1);
        await harness.Restart();
        await File.WriteAllTextAsync(Path.Combine(harness.Folder, "state"), "no state at all", TestContext.Current.CancellationToken);

        Assert.Equal((-1, 0), (harness.Log.LeaderEpoch, harness.Log.ApplyRetention()));
        Assert.Contains("is damaged", Assert.Single(harness.Reports), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_by_time_loads_a_log_only_when_its_first_segment_is_due()
    {
        using var harness = new LogHarness(SmallSegments with { Retention = TimeSpan.FromHours(1) });
        await harness.Fill(30);
        await harness.Restart();
        harness.Disk.Opened = 0;

        Assert.Equal(0, harness.Log.ApplyRetention());
        harness.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, harness.Log.ApplyRetention());
        Assert.Equal(FilesOfALook, harness.Disk.Opened);

        harness.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(harness.Log.ApplyRetention() > 0);
        Assert.Equal(30, harness.Log.LogStartOffset);
    }

    [Fact]
    public async Task A_changed_retention_counts_at_the_next_check_of_a_log_that_is_not_loaded()
    {
        using var harness = new LogHarness(SmallSegments);
        await harness.Fill(60);
        await harness.Restart();
        Assert.Equal(0, harness.Log.ApplyRetention());

        harness.Log.Configure(harness.Config with { RetentionBytes = 1500 });

        Assert.True(harness.Log.ApplyRetention() > 0);
        Assert.InRange(harness.Log.SizeInBytes, 1500, 2500);
    }

    [Fact]
    public async Task Segments_before_the_log_start_go_from_a_log_that_is_not_loaded_too()
    {
        using var harness = new LogHarness(SmallSegments with { DeletesOldSegments = false });
        await harness.Fill(30);
        harness.Log.DeleteRecordsBefore(29);
        await harness.Restart();

        Assert.True(harness.Log.ApplyRetention() > 0);
        Assert.Equal((29, 30), (harness.Log.LogStartOffset, harness.Log.EndOffset));
        harness.Disk.Opened = 0;
        await harness.Restart();
        Assert.Equal(0, harness.Log.ApplyRetention());
        Assert.InRange(harness.Disk.Opened, 0, FilesOfALook + 2);
    }
}
