using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Broker.Tests.Storage.Disks;
using Fink.Kafka.Protocol.Records;
using Fink.Kafka.Protocol.Values;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Storage.Logs;

/// <summary>One partition on a real disk that fails when told to, with a clock of its own.</summary>
internal sealed class LogHarness : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LogHarness(LogConfig? config = null, FlushPolicy policy = FlushPolicy.Os)
    {
        (Config, Policy) = (config ?? LogConfig.Default, policy);
        Directory.CreateDirectory(Folder);
        Log = Open();
    }

    public FaultyDisk Disk { get; } = new(LocalDisk.Instance);

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddDays(20_000));

    public LogConfig Config { get; set; }

    public FlushPolicy Policy { get; set; }

    public LogSettings Settings { get; private set; } = null!;

    public PartitionLog Log { get; private set; }

    public List<string> Reports { get; } = [];

    /// <summary>What is told of a disk that refuses, and takes again.</summary>
    public List<string> Trouble { get; } = [];

    public long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public string Folder => Path.Combine(_folder.Path, "0");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As after kill -9: nothing is closed or saved.</summary>
    public void Crash()
    {
        Log.Abandon();
        Log = Open();
    }

    public async Task Restart()
    {
        await Log.CloseAsync();
        Log = Open();
    }

    public string[] Files(string pattern) => [.. Directory.GetFiles(Folder, pattern).Order()];

    public string Segment(long baseOffset) => Path.Combine(Folder, $"{baseOffset:D20}.log");

    /// <summary>A batch of values, at the clock's time unless another is given.</summary>
    public byte[] Batch(int count = 1, int valueLength = 10, long? timestamp = null)
    {
        var time = timestamp ?? NowMs;
        var builder = new RecordBatchBuilder(time);
        for (var i = 0; i < count; i++) builder.Add(time, [1], new byte[valueLength]);
        return builder.Build();
    }

    public static byte[] Sequenced(long producer, short epoch, int sequence, int count = 1, bool transactional = false)
    {
        var builder = new RecordBatchBuilder { ProducerId = producer, ProducerEpoch = epoch, BaseSequence = sequence };
        if (transactional) builder.Attributes = builder.Attributes.AsTransactional();
        for (var i = 0; i < count; i++) builder.Add(0, [1], [2]);
        return builder.Build();
    }

    public static byte[] Marker(long producer, short epoch, bool commit)
    {
        var builder = new RecordBatchBuilder { ProducerId = producer, ProducerEpoch = epoch };
        builder.Attributes = builder.Attributes.AsTransactional().AsControl();
        return builder.Add(0, [0, 0, 0, (byte)(commit ? 1 : 0)], [0, 0, 0, 0, 0, 7]).Build();
    }

    public async Task<AppendResult> Append(byte[] batch, AppendOrigin origin = AppendOrigin.Client) =>
        await Log.AppendAsync(batch, origin, Cancellation);

    public ValueTask<TimestampedOffset> FindTime(long timestamp) =>
        Log.OffsetForTimestampAsync(timestamp, IsolationLevel.ReadUncommitted, Cancellation);

    public async Task<(long Offset, long Timestamp)> FindGreatestTime()
    {
        var found = await Log.OffsetOfMaxTimestampAsync(Cancellation);
        return (found.Offset, found.Timestamp);
    }

    /// <summary>Appends batches of one record.</summary>
    public async Task Fill(int batches, int valueLength = 10)
    {
        for (var i = 0; i < batches; i++) Assert.Equal(default, (await Append(Batch(valueLength: valueLength))).Error);
    }

    /// <summary>The base offsets of all batches from an offset on, read as a consumer does.</summary>
    public List<long> ReadAll(long from = 0, int maxBytes = 1 << 20, IsolationLevel isolation = default)
    {
        var offsets = new List<long>();
        while (true)
        {
            using var slice = Log.Read(from, maxBytes, atLeastOneBatch: true, isolation);
            Assert.Equal(default, slice.Error);
            if (slice.Length == 0) return offsets;

            for (ReadOnlySpan<byte> rest = slice.ToArray(); !rest.IsEmpty;)
            {
                Assert.True(RecordBatch.TryRead(rest, out var batch));
                Assert.True(batch.HasSoundCrc);
                offsets.Add(batch.BaseOffset);
                from = batch.NextOffset;
                rest = rest[batch.SizeInBytes..];
            }
        }
    }

    public void Dispose()
    {
        Log.Abandon();
        _folder.Dispose();
    }

    private PartitionLog Open()
    {
        Settings = new(Time) { FlushPolicy = Policy, Report = Reports.Add, Trouble = new("records", Time, Trouble.Add) };
        return new(Disk, Folder, Config, Settings);
    }
}
