using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Broker.Storage.Logs.Recovery;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>
/// One partition's records: batches in segments, in offset order. Safe for any number of threads. Nothing on the disk is
/// touched before the first use, so a broker with many partitions starts quickly. A partition whose files cannot be
/// trusted is offline: everything answers KAFKA_STORAGE_ERROR, numbers are -1, and the files stay as they are.
/// </summary>
internal sealed class PartitionLog
{
    private readonly IDisk _disk;
    private readonly LogSettings _settings;
    private readonly Lock _lock = new();
    private readonly FlushGate _flushes;
    private readonly LogObservers _observers;
    private readonly UnloadedLog _unloaded;
    private LogConfig _config;
    private LogContents? _contents;
    private ErrorCode _unavailable;
    private string? _offlineReason;

    public PartitionLog(IDisk disk, string folder, LogConfig config, LogSettings settings)
    {
        (_disk, Folder, _config, _settings) = (disk, folder, config, settings);
        _flushes = new(Flush);
        (_observers, _unloaded) = (new(this), new(disk, folder));
    }

    public string Folder { get; }

    public LogConfig Config => Volatile.Read(ref _config);

    /// <summary>Why the partition is offline; null while it is not.</summary>
    public string? OfflineReason => Volatile.Read(ref _offlineReason);

    public long LogStartOffset => Ask(static (_, contents) => contents.LogStartOffset);

    /// <summary>What is before it may be shown to consumers.</summary>
    public long HighWatermark => Ask(static (log, contents) => log.Visible(contents).HighWatermark);

    /// <summary>What is before it belongs to no open transaction.</summary>
    public long LastStableOffset => Ask(static (log, contents) => log.Visible(contents).LastStableOffset);

    /// <summary>The offset that the next record gets.</summary>
    public long EndOffset => Ask(static (_, contents) => contents.EndOffset);

    /// <summary>Loads the log only where it must be recovered, which may raise it: metadata name the epoch of every partition there is.</summary>
    public int LeaderEpoch =>
        WhileUnloaded(static (log, _) => log.LeaderEpoch) ?? (int)Ask(static (_, contents) => contents.Epochs.Latest);

    /// <summary>Of all segments.</summary>
    public long SizeInBytes => Ask(static (_, contents) => contents.SizeInBytes);

    public void Configure(LogConfig changed) => Volatile.Write(ref _config, changed);

    public void AddObserver(ILogObserver observer) => _observers.Add(observer);

    public void RemoveObserver(ILogObserver observer) => _observers.Remove(observer);

    /// <summary>Appends one batch. Completes when the flush policy lets it be acknowledged. The bytes are not kept.</summary>
    public ValueTask<AppendResult> AppendAsync(
        ReadOnlyMemory<byte> records, AppendOrigin origin, CancellationToken cancellationToken)
    {
        var result = Append(records, origin, out var end, out var mustFlush);
        if (!mustFlush && result.Error is ErrorCode.None or ErrorCode.KafkaStorageError) _observers.Tell();
        return mustFlush ? FlushedAsync(result, end, cancellationToken) : ValueTask.FromResult(result);
    }

    /// <param name="atLeastOneBatch">The first batch is given even if it is longer than <paramref name="maxBytes"/>.</param>
    public LogSlice Read(long offset, int maxBytes, bool atLeastOneBatch, IsolationLevel isolation)
    {
        while (true)
        {
            LogSlice? slice = null;
            try
            {
                LogReader reader;
                lock (_lock)
                {
                    if (Load() is not { } contents) return new() { Error = _unavailable };

                    var visible = Visible(contents);
                    var limit = visible.LimitOf(isolation);
                    slice = visible.SliceAt(offset, isolation);
                    if (slice.Error != ErrorCode.None || offset >= limit || (maxBytes <= 0 && !atLeastOneBatch)) return slice;

                    reader = LogReader.At(contents.Segments[contents.FindSegment(offset)], offset, limit);
                }

                reader.TryRead(offset, maxBytes, atLeastOneBatch, slice);
                return slice;
            }
            catch (ObjectDisposedException)
            {
                // The segment was deleted meanwhile: the log start says so now.
            }
            catch (IOException e)
            {
                slice?.Dispose();
                return new() { Error = Failed(e) };
            }
        }
    }

    /// <summary>
    /// How many bytes <see cref="Read"/> could give from an offset on, about: never fewer than there are. -1 where it would answer an
    /// error. Asked at every change by everyone who waits, so it allocates nothing.
    /// </summary>
    public long BytesFrom(long offset, IsolationLevel isolation) => Guard(-1L, (offset, isolation), static (log, contents, from) =>
        log.Visible(contents).IsOutOfRange(from.offset) ? -1
        : from.offset < log.Visible(contents).LimitOf(from.isolation) ? contents.BytesFrom(from.offset)
        : 0);

    /// <summary>The epoch in which the record at an offset was written, or will be; -1 where the log cannot say.</summary>
    public int EpochOf(long offset) => Guard(-1, contents => contents.Epochs.EpochOf(offset));

    public EpochEnd EndOffsetOf(int epoch) =>
        Guard(new EpochEnd(-1, -1), contents => contents.Epochs.EndOf(epoch, contents.EndOffset));

    /// <summary>The first record, in offset order, whose time is at or after the one given, below the isolation's limit.</summary>
    public TimestampedOffset OffsetForTimestamp(long timestamp, IsolationLevel isolation) =>
        Find(contents => TimeLookup.First(contents, timestamp, Visible(contents).LimitOf(isolation)));

    /// <summary>The first of the records with the greatest time.</summary>
    public TimestampedOffset OffsetOfMaxTimestamp() => Find(contents => TimeLookup.Greatest(contents, Visible(contents).HighWatermark));

    /// <summary>Moves the log start; durable when it returns.</summary>
    /// <param name="offset">-1 for the high watermark.</param>
    public DeleteRecordsResult DeleteRecordsBefore(long offset)
    {
        var result = Guard(default(DeleteRecordsResult?), contents =>
        {
            var highWatermark = Visible(contents).HighWatermark;
            var wanted = offset == -1 ? highWatermark : offset;
            if (wanted < 0 || wanted > highWatermark) return new(ErrorCode.OffsetOutOfRange, -1);
            if (wanted > contents.LogStartOffset) contents.MoveLogStart(wanted);
            return new(ErrorCode.None, contents.LogStartOffset);
        });
        _observers.Tell();
        return result ?? new(Unavailable(), -1);
    }

    public IReadOnlyList<ProducerDescription> DescribeProducers() => Guard([], contents => contents.Producers.Describe());

    /// <summary>Deletes segments that are too old or too much, and forgets producers that went silent.</summary>
    /// <returns>How many segments went.</returns>
    public int ApplyRetention()
    {
        if (WhileUnloaded<bool>(static (log, now) => log.MayBeDue(now.Config, now.Ms)) == false) return 0;

        var deleted = Guard(0, contents =>
        {
            var nowMs = NowMs();
            contents.Producers.Expire(nowMs - (long)_settings.ProducerIdExpiration.TotalMilliseconds);
            var count = Retention.Count(contents, Config, nowMs, Visible(contents).HighWatermark);
            if (count == 0) return 0;
            if (count == contents.Segments.Count) contents.Roll(nowMs);

            contents.DeleteSegments(count);
            return count;
        });
        if (deleted > 0) _observers.Tell();
        return deleted;
    }

    /// <summary>Makes everything appended so far durable. Costs nothing where there is nothing to flush.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_contents is null || _contents.IsFlushed) return Task.CompletedTask;
        }

        return _flushes.RequestAsync().WaitAsync(cancellationToken);
    }

    /// <summary>Flushes, and leaves behind what makes the next start quick. Everything afterwards answers an error.</summary>
    public Task CloseAsync() => Task.Run(() =>
    {
        lock (_lock)
        {
            try
            {
                _contents?.SaveForNextStart();
            }
            catch (IOException e)
            {
                // Nothing is lost: the next start reads again what was not saved.
                _settings.Report?.Invoke($"{Folder} could not be closed cleanly: {e.Message}");
            }

            LetGo(ErrorCode.NotLeaderOrFollower);
        }

        _observers.Tell();
    });

    /// <summary>Lets go of the files at once, for a topic that is deleted: observers are told.</summary>
    public void Abandon()
    {
        lock (_lock) LetGo(ErrorCode.UnknownTopicOrPartition);

        _observers.Tell();
    }

    private AppendResult Append(ReadOnlyMemory<byte> bytes, AppendOrigin origin, out long end, out bool mustFlush)
    {
        end = -1;
        mustFlush = false;
        var nowMs = NowMs();
        var config = Config;
        Span<byte> header = stackalloc byte[RecordBatch.HeaderLength];
        if (PreparedBatch.TryPrepare(bytes, origin, config, nowMs, header, out var prepared) is { } refused) return refused;

        lock (_lock)
        {
            try
            {
                if (Load() is not { } contents) return Unusable();

                var result = contents.Append(prepared, config, nowMs, out end);
                mustFlush = result.Error == ErrorCode.None
                    && contents.FlushedEnd < end
                    && (_settings.FlushPolicy == FlushPolicy.Always || end - contents.FlushedEnd >= config.FlushMessages);
                return result with { LogAppendTimeMs = config.UsesLogAppendTime ? nowMs : -1 };
            }
            catch (IOException e)
            {
                return TakeOfflineIfLost(e) ? Unusable() : new(ErrorCode.KafkaStorageError) { Message = e.Message };
            }
        }
    }

    private async ValueTask<AppendResult> FlushedAsync(AppendResult result, long end, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_contents is not { } contents) return Unusable();
                if (contents.FlushedEnd >= end) return result;
            }

            await _flushes.RequestAsync().WaitAsync(cancellationToken);
        }
    }

    /// <summary>Runs by the gate: the log goes on being appended to meanwhile.</summary>
    private void Flush()
    {
        try
        {
            LogContents contents;
            FlushTarget target;
            lock (_lock)
            {
                if (_contents?.BeginFlush() is not { } begun) return;
                (contents, target) = (_contents, begun);
            }

            target.Flush(_disk);
            lock (_lock)
            {
                contents.FlushEnded(target);
                if (_contents is null) return;
            }

            if (target.State is { } state)
            {
                contents.WriteState(state);
                lock (_lock) contents.Saved(state);
            }
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile, or the segment was deleted: what is not durable needs not be any more.
        }
        catch (IOException e)
        {
            Failed(e);
        }

        _observers.Tell();
    }

    private TimestampedOffset Find(Func<LogContents, TimeLookup?> begin)
    {
        while (true)
        {
            try
            {
                TimeLookup? lookup;
                lock (_lock)
                {
                    if (Load() is not { } contents) return TimestampedOffset.None with { Error = _unavailable };

                    lookup = begin(contents);
                }

                return lookup?.Run() ?? TimestampedOffset.None;
            }
            catch (ObjectDisposedException)
            {
                // A segment was deleted meanwhile: look again in what there is now.
            }
            catch (IOException e)
            {
                return TimestampedOffset.None with { Error = Failed(e) };
            }
        }
    }

    private long Ask(Func<PartitionLog, LogContents, long> question) =>
        Guard(-1L, question, static (log, contents, question) => question(log, contents));

    private T Guard<T>(T otherwise, Func<LogContents, T> operation) =>
        Guard(otherwise, operation, static (_, contents, operation) => operation(contents));

    private T Guard<T, TArgument>(T otherwise, TArgument argument, Func<PartitionLog, LogContents, TArgument, T> operation)
    {
        try
        {
            lock (_lock) return Load() is { } contents ? operation(this, contents, argument) : otherwise;
        }
        catch (IOException e)
        {
            Failed(e);
            return otherwise;
        }
    }

    /// <summary>What the files say without loading; null where the log is loaded, has to be, or cannot be.</summary>
    private T? WhileUnloaded<T>(Func<UnloadedLog, (LogConfig Config, long Ms), T?> question)
        where T : struct
    {
        try
        {
            lock (_lock) return _contents is null && _unavailable == ErrorCode.None ? question(_unloaded, (Config, NowMs())) : null;
        }
        catch (IOException e)
        {
            Failed(e);
            return null;
        }
    }

    /// <summary>Null where the log cannot be used, for the reason in <see cref="_unavailable"/>.</summary>
    private LogContents? Load()
    {
        if (_unavailable != ErrorCode.None) return null;

        return _contents ??= new LogRecovery(_disk, Folder, Config, _settings).Load();
    }

    private VisibleRange Visible(LogContents contents) => new(contents, _settings.FlushPolicy);

    private ErrorCode Failed(IOException e)
    {
        bool isLost;
        lock (_lock) isLost = TakeOfflineIfLost(e);

        if (isLost) _observers.Tell();
        return Unavailable();
    }

    /// <summary>A full disk is an answer; a damaged file, or one of which nobody knows what is in it, is the end.</summary>
    private bool TakeOfflineIfLost(IOException e)
    {
        if (e is not (StorageException or UncertainStateException)) return false;
        if (_unavailable != ErrorCode.None) return true;

        _offlineReason = e.Message;
        LetGo(ErrorCode.KafkaStorageError);
        _settings.Report?.Invoke($"{Folder} is offline: {e.Message}");
        return true;
    }

    private void LetGo(ErrorCode because)
    {
        _contents?.Dispose();
        _contents = null;
        if (_unavailable == ErrorCode.None) _unavailable = because;
    }

    private ErrorCode Unavailable()
    {
        lock (_lock) return _unavailable == ErrorCode.None ? ErrorCode.KafkaStorageError : _unavailable;
    }

    private AppendResult Unusable() => new(_unavailable) { Message = _offlineReason ?? "The partition's log is closed." };

    private long NowMs() => _settings.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
