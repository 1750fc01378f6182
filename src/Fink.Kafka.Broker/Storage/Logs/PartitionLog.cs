using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>
/// One partition's records: batches in segments, in offset order. Safe for any number of threads. Nothing on the disk is
/// touched before the first use, so a broker with many partitions starts quickly. A partition whose files cannot be
/// trusted is offline: everything answers KAFKA_STORAGE_ERROR, numbers are -1, and the files stay as they are.
/// </summary>
internal sealed class PartitionLog
{
    private readonly LogAccess _access;
    private readonly LogAppender _appender;
    private readonly LogObservers _observers;

    public PartitionLog(IDisk disk, string folder, LogConfig config, LogSettings settings)
    {
        Folder = folder;
        _observers = new(this);
        Action tell = _observers.Tell;
        _access = new(disk, folder, config, settings, tell);
        _appender = new(disk, _access, tell);
    }

    public string Folder { get; }

    public LogConfig Config => _access.Config;

    /// <summary>Why the partition is offline; null while it is not.</summary>
    public string? OfflineReason => _access.OfflineReason;

    public long LogStartOffset => Ask(static (_, contents) => contents.LogStartOffset);

    /// <summary>What is before it may be shown to consumers.</summary>
    public long HighWatermark => Ask(static (log, contents) => log.Visible(contents).HighWatermark);

    /// <summary>What is before it belongs to no open transaction.</summary>
    public long LastStableOffset => Ask(static (log, contents) => log.Visible(contents).LastStableOffset);

    /// <summary>The offset that the next record gets.</summary>
    public long EndOffset => Ask(static (_, contents) => contents.EndOffset);

    /// <summary>Loads the log only where it must be recovered, which may raise it: metadata name the epoch of every partition there is.</summary>
    public int LeaderEpoch =>
        _access.WhileUnloaded(static (log, _) => log.LeaderEpoch) ?? (int)Ask(static (_, contents) => contents.Epochs.Latest);

    /// <summary>Of all segments.</summary>
    public long SizeInBytes => Ask(static (_, contents) => contents.SizeInBytes);

    public void Configure(LogConfig changed) => _access.Config = changed;

    public void AddObserver(ILogObserver observer) => _observers.Add(observer);

    public void RemoveObserver(ILogObserver observer) => _observers.Remove(observer);

    /// <inheritdoc cref="LogAppender.AppendAsync"/>
    public ValueTask<AppendResult> AppendAsync(
        ReadOnlyMemory<byte> records, AppendOrigin origin, CancellationToken cancellationToken) =>
        _appender.AppendAsync(records, origin, cancellationToken);

    /// <summary>Finds whole batches: they are read from the disk when the slice is.</summary>
    /// <param name="atLeastOneBatch">The first batch is given even if it is longer than <paramref name="maxBytes"/>.</param>
    public LogSlice Read(long offset, int maxBytes, bool atLeastOneBatch, IsolationLevel isolation)
    {
        while (true)
        {
            try
            {
                LogSlice slice;
                LogReader reader;
                lock (_access.Gate)
                {
                    if (_access.Load() is not { } contents) return new() { Error = _access.Refusal };

                    var visible = _access.Visible(contents);
                    var limit = visible.LimitOf(isolation);
                    slice = visible.SliceAt(offset, isolation);
                    if (slice.Error != ErrorCode.None || offset >= limit || (maxBytes <= 0 && !atLeastOneBatch)) return slice;

                    reader = LogReader.Of(contents.Segments[contents.FindSegment(offset)], limit);
                }

                var (start, length) = reader.Find(offset, maxBytes, atLeastOneBatch);
                if (length > 0) slice.Hold(reader, start, length, _access);
                return slice;
            }
            catch (ObjectDisposedException)
            {
                // The segment was deleted meanwhile: the log start says so now.
            }
            catch (IOException e)
            {
                return new() { Error = _access.Failed(e) };
            }
        }
    }

    /// <summary>
    /// How many bytes <see cref="Read"/> could give from an offset on, about: never fewer than there are. -1 where it would answer an
    /// error. Asked at every change by everyone who waits, so it allocates nothing.
    /// </summary>
    public long BytesFrom(long offset, IsolationLevel isolation) => _access.Guard(-1L, (offset, isolation), static (log, contents, from) =>
        log.Visible(contents).IsOutOfRange(from.offset) ? -1
        : from.offset < log.Visible(contents).LimitOf(from.isolation) ? contents.BytesFrom(from.offset)
        : 0);

    /// <summary>The epoch in which the record at an offset was written, or will be; -1 where the log cannot say.</summary>
    public int EpochOf(long offset) => _access.Guard(-1, contents => contents.Epochs.EpochOf(offset));

    public EpochEnd EndOffsetOf(int epoch) =>
        _access.Guard(new EpochEnd(-1, -1), contents => contents.Epochs.EndOf(epoch, contents.EndOffset));

    /// <summary>The first record, in offset order, whose time is at or after the one given, below the isolation's limit.</summary>
    public ValueTask<TimestampedOffset> OffsetForTimestampAsync(long timestamp, IsolationLevel isolation, CancellationToken cancellationToken) =>
        FindAsync(contents => new FirstAtOrAfter(contents, timestamp, _access.Visible(contents).LimitOf(isolation)), cancellationToken);

    /// <summary>The first of the records with the greatest time.</summary>
    public ValueTask<TimestampedOffset> OffsetOfMaxTimestampAsync(CancellationToken cancellationToken) =>
        FindAsync(contents => new GreatestTime(contents, _access.Visible(contents).HighWatermark), cancellationToken);

    /// <summary>Moves the log start; durable when it returns.</summary>
    /// <param name="offset">-1 for the high watermark.</param>
    public DeleteRecordsResult DeleteRecordsBefore(long offset)
    {
        var result = _access.Guard(default(DeleteRecordsResult?), contents =>
        {
            var highWatermark = _access.Visible(contents).HighWatermark;
            var wanted = offset == -1 ? highWatermark : offset;
            if (wanted < 0 || wanted > highWatermark) return new(ErrorCode.OffsetOutOfRange, -1);
            if (wanted > contents.LogStartOffset) contents.MoveLogStart(wanted);
            return new(ErrorCode.None, contents.LogStartOffset);
        });
        _observers.Tell();
        return result ?? new(_access.WhyUnusable(), -1);
    }

    public IReadOnlyList<ProducerDescription> DescribeProducers() => _access.Guard([], contents => contents.Producers.Describe());

    /// <summary>Deletes segments that are too old or too much, and forgets producers that went silent.</summary>
    /// <returns>How many segments went.</returns>
    public int ApplyRetention()
    {
        if (_access.WhileUnloaded<bool>(static (log, now) => log.MayBeDue(now.Config, now.Ms)) == false) return 0;

        var deleted = _access.Guard(0, contents =>
        {
            var nowMs = _access.NowMs;
            contents.Producers.Expire(nowMs - (long)_access.Settings.ProducerIdExpiration.TotalMilliseconds);
            var count = Retention.Count(contents, Config, nowMs, _access.Visible(contents).HighWatermark);
            if (count == 0) return 0;
            if (count == contents.Segments.Count) contents.Roll(nowMs);

            contents.DeleteSegments(count);
            return count;
        });
        if (deleted > 0) _observers.Tell();
        return deleted;
    }

    /// <inheritdoc cref="LogAppender.FlushAsync"/>
    public Task FlushAsync(CancellationToken cancellationToken) => _appender.FlushAsync(cancellationToken);

    /// <summary>Flushes, and leaves behind what makes the next start quick. Everything afterwards answers an error.</summary>
    public Task CloseAsync() => Task.Run(() =>
    {
        lock (_access.Gate)
        {
            try
            {
                _access.Loaded?.SaveForNextStart();
            }
            catch (IOException e)
            {
                // Nothing is lost: the next start reads again what was not saved.
                _access.Settings.Report?.Invoke($"{Folder} could not be closed cleanly: {e.Message}");
            }

            _access.LetGo(ErrorCode.NotLeaderOrFollower);
        }

        _observers.Tell();
    });

    /// <summary>Lets go of the files at once, for a topic that is deleted: observers are told.</summary>
    public void Abandon()
    {
        lock (_access.Gate) _access.LetGo(ErrorCode.UnknownTopicOrPartition);

        _observers.Tell();
    }

    private async ValueTask<TimestampedOffset> FindAsync(Func<LogContents, ITimeLookup> begin, CancellationToken cancellationToken)
    {
        try
        {
            return Find(begin, BatchValidator.MaxUnpackedBesideOthers);
        }
        catch (CompressionException e) when (e.IsTooMuch)
        {
            await _access.Settings.LargeUnpacking.WaitAsync(cancellationToken);
        }

        try
        {
            return Find(begin, BatchValidator.MaxUnpackedBytes);
        }
        finally
        {
            _access.Settings.LargeUnpacking.Release();
        }
    }

    private TimestampedOffset Find(Func<LogContents, ITimeLookup> begin, int maxUnpackedBytes)
    {
        while (true)
        {
            try
            {
                ITimeLookup lookup;
                lock (_access.Gate)
                {
                    if (_access.Load() is not { } contents) return TimestampedOffset.None with { Error = _access.Refusal };

                    lookup = begin(contents);
                }

                return lookup.Run(maxUnpackedBytes) ?? TimestampedOffset.None;
            }
            catch (ObjectDisposedException)
            {
                // A segment was deleted meanwhile: look again in what there is now.
            }
            catch (IOException e)
            {
                return TimestampedOffset.None with { Error = _access.Failed(e) };
            }
        }
    }

    private long Ask(Func<LogAccess, LogContents, long> question) =>
        _access.Guard(-1L, question, static (log, contents, question) => question(log, contents));
}
