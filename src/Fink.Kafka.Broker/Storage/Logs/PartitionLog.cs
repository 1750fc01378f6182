using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>
/// One partition's records: batches in segments, in offset order. Safe for any number of threads. Nothing on the disk is
/// touched before the first use, so a broker with many partitions starts quickly. A partition whose files cannot be
/// trusted is offline: everything answers KAFKA_STORAGE_ERROR, and the files stay as they are.
/// </summary>
internal sealed class PartitionLog(IDisk disk, string folder, LogConfig config, LogSettings settings)
{
    public string Folder => folder;

    public LogConfig Config => config;

    internal IDisk Disk => disk;

    internal LogSettings Settings => settings;

    /// <summary>Why the partition is offline; null while it is not.</summary>
    public string? OfflineReason => throw new NotImplementedException();

    public long LogStartOffset => throw new NotImplementedException();

    /// <summary>What is before it may be shown to consumers.</summary>
    public long HighWatermark => throw new NotImplementedException();

    /// <summary>What is before it belongs to no open transaction.</summary>
    public long LastStableOffset => throw new NotImplementedException();

    /// <summary>The offset that the next record gets.</summary>
    public long EndOffset => throw new NotImplementedException();

    public int LeaderEpoch => throw new NotImplementedException();

    /// <summary>Of all segments.</summary>
    public long SizeInBytes => throw new NotImplementedException();

    public void Configure(LogConfig changed) => throw new NotImplementedException();

    public void AddObserver(ILogObserver observer) => throw new NotImplementedException();

    public void RemoveObserver(ILogObserver observer) => throw new NotImplementedException();

    /// <summary>Appends one batch. Completes when the flush policy lets it be acknowledged. The bytes are not kept.</summary>
    public ValueTask<AppendResult> AppendAsync(
        ReadOnlyMemory<byte> records, AppendOrigin origin, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <param name="atLeastOneBatch">The first batch is given even if it is longer than <paramref name="maxBytes"/>.</param>
    public LogSlice Read(long offset, int maxBytes, bool atLeastOneBatch, IsolationLevel isolation) =>
        throw new NotImplementedException();

    /// <summary>How many bytes <see cref="Read"/> could give from an offset on, about: never fewer than there are.</summary>
    public long BytesFrom(long offset, IsolationLevel isolation) => throw new NotImplementedException();

    public EpochEnd EndOffsetOf(int epoch) => throw new NotImplementedException();

    /// <summary>The first record, in offset order, whose time is at or after the one given, below the isolation's limit.</summary>
    public TimestampedOffset OffsetForTimestamp(long timestamp, IsolationLevel isolation) =>
        throw new NotImplementedException();

    /// <summary>The first of the records with the greatest time.</summary>
    public TimestampedOffset OffsetOfMaxTimestamp() => throw new NotImplementedException();

    /// <summary>Moves the log start; durable when it returns.</summary>
    /// <param name="offset">-1 for the high watermark.</param>
    public DeleteRecordsResult DeleteRecordsBefore(long offset) => throw new NotImplementedException();

    public IReadOnlyList<ProducerDescription> DescribeProducers() => throw new NotImplementedException();

    /// <summary>Deletes segments that are too old or too much, and forgets producers that went silent.</summary>
    /// <returns>How many segments went.</returns>
    public int ApplyRetention() => throw new NotImplementedException();

    /// <summary>Makes everything appended so far durable. Costs nothing where there is nothing to flush.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Flushes, and leaves behind what makes the next start quick. Everything afterwards answers an error.</summary>
    public Task CloseAsync() => throw new NotImplementedException();

    /// <summary>Lets go of the files at once, for a topic that is deleted: observers are told.</summary>
    public void Abandon() => throw new NotImplementedException();
}
