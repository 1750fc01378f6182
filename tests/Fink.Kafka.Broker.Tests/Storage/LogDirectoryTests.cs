using System.Collections.Immutable;
using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Storage;
using Fink.Kafka.Broker.Storage.Directories;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Broker.Tests.Storage.Disks;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;
using Fink.Kafka.Protocol.Values;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Storage;

public sealed class LogDirectoryTests : IDisposable
{
    private static readonly Topic Alerts = new("fink.alerts", Guid.NewGuid(), 2, ImmutableDictionary<string, string>.Empty);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly FaultyDisk _disk = new(LocalDisk.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Records_and_the_mark_of_a_clean_stop_are_there_at_the_next_start()
    {
        await using (var first = Open())
        {
            first.Create(Alerts);
            Assert.Equal(0, (await first.AppendAsync(Alerts, 1)).BaseOffset);
            await first.Logs.StopAsync(Cancellation);
        }

        await using var second = Open();
        Assert.True(second.Data.WasStoppedCleanly);
        Assert.Equal((0, 1), (second.Logs.Find(Alerts, 0)!.EndOffset, second.Logs.Find(Alerts, 1)!.EndOffset));
    }

    [Fact]
    public async Task Records_are_there_after_an_end_without_a_stop()
    {
        await using (var first = Open())
        {
            first.Create(Alerts);
            await first.AppendAsync(Alerts, 1);
        }

        await using var second = Open();
        Assert.False(second.Data.WasStoppedCleanly);
        Assert.Equal(1, second.Logs.Find(Alerts, 1)!.EndOffset);
    }

    /// <summary>A topic's logs are there before the metadata say how many it has.</summary>
    [Fact]
    public async Task A_partition_is_found_when_its_topic_has_it()
    {
        await using var state = Open();
        state.Create(Alerts);
        var grown = Alerts with { Partitions = 3 };
        var before = state.Logs.Find(Alerts, 1);
        state.Logs.Create(grown);

        Assert.Null(state.Logs.Find(Alerts, 2));
        Assert.NotNull(state.Logs.Find(grown, 2));
        Assert.Same(before, state.Logs.Find(grown, 1));
        Assert.Null(state.Logs.Find(grown, -1));
        Assert.Null(state.Logs.Find(Alerts with { Id = Guid.NewGuid() }, 0));
    }

    [Fact]
    public async Task A_deleted_topic_is_gone_with_its_files_and_its_name_can_be_used_again()
    {
        await using var state = Open();
        state.Create(Alerts);
        await state.AppendAsync(Alerts, 0);
        var log = state.Logs.Find(Alerts, 0)!;
        state.Delete(Alerts);
        var again = Alerts with { Id = Guid.NewGuid() };
        state.Create(again);

        Assert.Null(state.Logs.Find(Alerts, 0));
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, log.Read(0, 1000, true, IsolationLevel.ReadUncommitted).Error);
        Assert.Equal(0, state.Logs.Find(again, 0)!.EndOffset);
        await Eventually(() => Directory.EnumerateFileSystemEntries(state.Data.TopicsFolder).Select(Path.GetFileName), [again.Id.ToString()]);
    }

    [Fact]
    public async Task What_is_set_for_a_topic_reaches_its_logs()
    {
        await using var state = Open();
        state.Create(Alerts);
        Assert.Same(state.Logs.Find(Alerts, 0)!.Config, state.Logs.Find(Alerts, 1)!.Config);

        state.Logs.Configure(Alerts with { Configs = Alerts.Configs.Add("max.message.bytes", "70") });

        Assert.Equal(ErrorCode.MessageTooLarge, (await state.AppendAsync(Alerts, 0)).Error);
    }

    [Fact]
    public async Task Old_records_go_when_their_time_has_come()
    {
        await using var state = Open();
        var shortLived = Alerts with { Configs = Alerts.Configs.Add("retention.ms", "1000") };
        state.Create(shortLived);
        await state.AppendAsync(shortLived, 0);

        _time.Advance(TimeSpan.FromMinutes(6));

        await Eventually(() => [state.Logs.Find(shortLived, 0)!.LogStartOffset], [1L]);
    }

    [Fact]
    public async Task A_partition_that_cannot_be_flushed_is_offline_and_the_others_are_not()
    {
        await using var state = Open();
        state.Create(Alerts);
        await state.AppendAsync(Alerts, 0);
        await state.AppendAsync(Alerts, 1);
        _disk.FailAt(0, Fault.FlushError);

        _time.Advance(TimeSpan.FromSeconds(1));

        await Eventually(() => [Offline(state).Count], [1]);
        await Eventually(() => [_disk.HasFailed], [true]);
        var offline = Offline(state).Single();
        Assert.Equal(ErrorCode.KafkaStorageError, (await state.AppendAsync(Alerts, offline)).Error);
        Assert.Equal(ErrorCode.None, (await state.AppendAsync(Alerts, 1 - offline)).Error);
    }

    /// <summary>A flip in the middle of what was flushed: what nobody but a broken disk does.</summary>
    [Fact]
    public async Task A_damaged_partition_is_offline_from_the_start_with_its_files_kept_and_the_others_are_not()
    {
        string path;
        await using (var first = Open())
        {
            first.Create(Alerts);
            await first.AppendAsync(Alerts, 0);
            await first.AppendAsync(Alerts, 1);
            path = Path.Combine(first.Logs.Find(Alerts, 0)!.Folder, "state");
            await first.Logs.StopAsync(Cancellation);
        }

        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        bytes[20] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancellation);
        await using var second = Open();

        Assert.Equal(ErrorCode.KafkaStorageError, second.Logs.Find(Alerts, 0)!.Read(0, 1000, true, IsolationLevel.ReadUncommitted).Error);
        Assert.Equal(1, second.Logs.Find(Alerts, 1)!.EndOffset);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_partition_whose_folder_is_lost_is_offline_and_never_begun_anew(bool wasStoppedCleanly)
    {
        string folder;
        await using (var first = Open())
        {
            first.Create(Alerts);
            await first.AppendAsync(Alerts, 0);
            await first.AppendAsync(Alerts, 1);
            folder = first.Logs.Find(Alerts, 0)!.Folder;
            if (wasStoppedCleanly) await first.Logs.StopAsync(Cancellation);
        }

        Directory.Delete(folder, recursive: true);
        await using var second = Open();

        Assert.Equal(ErrorCode.KafkaStorageError, (await second.AppendAsync(Alerts, 0)).Error);
        Assert.Contains($"{folder} is missing", second.Logs.Find(Alerts, 0)!.OfflineReason, StringComparison.Ordinal);
        Assert.Equal(1, second.Logs.Find(Alerts, 1)!.EndOffset);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Ten_thousand_partitions_are_there_without_a_file_of_theirs_being_opened()
    {
        var topic = Alerts with { Partitions = 10_000 };
        await using (var first = Open()) first.Create(topic);

        _disk.Opened = 0;
        await using var second = Open();
        Assert.All(Enumerable.Range(0, topic.Partitions), partition => Assert.Equal(0, second.Logs.Find(topic, partition)!.LeaderEpoch));
        Assert.InRange(_disk.Opened, 1, 10);
    }

    [Fact]
    public async Task A_full_disk_is_told_once_and_once_more_when_there_is_room_again()
    {
        var log = new TestLog();
        await using var state = State.Open(_disk, _folder.Path, _time, new Logger<LogDirectory>(log));
        state.Create(Alerts);
        _disk.FailAt(0, Fault.NoSpace);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(ErrorCode.KafkaStorageError, (await state.AppendAsync(Alerts, i % 2)).Error);
            _time.Advance(TimeSpan.FromSeconds(9));
        }

        Assert.StartsWith("Warning: The disk refuses records", Assert.Single(log.Lines), StringComparison.Ordinal);
        _disk.Heal();
        Assert.Equal(ErrorCode.None, (await state.AppendAsync(Alerts, 0)).Error);
        Assert.Single(log.Lines);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ErrorCode.None, (await state.AppendAsync(Alerts, 1)).Error);
        Assert.Equal(ErrorCode.None, (await state.AppendAsync(Alerts, 1)).Error);
        Assert.Equal("Warning: The disk takes records again; 5 requests had failed.", log.Lines.Skip(1).Single());
    }

    [Fact]
    public async Task Topics_that_cannot_be_made_say_so()
    {
        await using var state = Open();
        _disk.FailAt(0, Fault.FlushError);
        Assert.Throws<IOException>(() => state.Logs.Create(Alerts));
    }

    private static List<int> Offline(State state) =>
        [.. Enumerable.Range(0, 2).Where(partition => state.Logs.Find(Alerts, partition)!.OfflineReason is not null)];

    private static async Task Eventually<T>(Func<IEnumerable<T>> actual, IEnumerable<T> expected)
    {
        for (var tries = 0; tries < 1000 && !actual().SequenceEqual(expected); tries++) await Task.Delay(20, Cancellation);

        Assert.Equal(expected, actual());
    }

    private State Open() => State.Open(_disk, _folder.Path, _time);

    private sealed class State(DataDirectory data, MetadataStore metadata, LogDirectory logs) : IAsyncDisposable
    {
        public DataDirectory Data => data;

        public LogDirectory Logs => logs;

        public static State Open(IDisk disk, string folder, TimeProvider time, ILogger<LogDirectory>? logger = null)
        {
            var data = DataDirectory.Open(disk, folder, nodeId: 1, _ => { });
            var metadata = MetadataStore.Open(data.Metadata);
            var configs = new LiveConfigs(BrokerConfigs.Defaults, 1, metadata);
            return new State(data, metadata, LogDirectory.Open(
                data, metadata.Image, configs, new LogSettings(time), new UpkeepIntervals(), logger ?? NullLogger<LogDirectory>.Instance));
        }

        public void Create(Topic topic)
        {
            logs.Create(topic);
            metadata.Update<bool>(_ => ([new MetadataChange.TopicCreated(topic)], true));
        }

        public void Delete(Topic topic)
        {
            metadata.Update<bool>(_ => ([new MetadataChange.TopicDeleted(topic.Id)], true));
            logs.Delete(topic);
        }

        public ValueTask<AppendResult> AppendAsync(Topic topic, int partition) => logs.Find(topic, partition)!.AppendAsync(
            new RecordBatchBuilder(DateTimeOffset.UnixEpoch.AddYears(50).ToUnixTimeMilliseconds())
                .Add(DateTimeOffset.UnixEpoch.AddYears(50).ToUnixTimeMilliseconds(), null, new byte[100]).Build(),
            AppendOrigin.Client,
            Cancellation);

        public async ValueTask DisposeAsync()
        {
            await logs.DisposeAsync();
            foreach (var log in logs.All) log.Abandon();
            data.Dispose();
        }
    }
}
