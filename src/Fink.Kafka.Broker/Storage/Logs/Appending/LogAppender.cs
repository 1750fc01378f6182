using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs.Appending;

/// <summary>Appends to one partition's log, and makes durable what was appended.</summary>
internal sealed class LogAppender
{
    private readonly IDisk _disk;
    private readonly LogAccess _log;
    private readonly Action _changed;
    private readonly FlushGate _flushes;

    /// <param name="changed">Is told, outside the lock, when there is more to read, or nothing any more.</param>
    public LogAppender(IDisk disk, LogAccess log, Action changed)
    {
        (_disk, _log, _changed) = (disk, log, changed);
        _flushes = new(Flush);
    }

    /// <summary>Appends one batch. Completes when the flush policy lets it be acknowledged. The bytes are not kept.</summary>
    public ValueTask<AppendResult> AppendAsync(
        ReadOnlyMemory<byte> records, AppendOrigin origin, CancellationToken cancellationToken)
    {
        try
        {
            return Append(records, origin, BatchValidator.MaxUnpackedBesideOthers, cancellationToken);
        }
        catch (CompressionException e) when (e.IsTooMuch)
        {
            return AppendLargeAsync(records, origin, cancellationToken);
        }
    }

    /// <summary>Makes everything appended so far durable. Costs nothing where there is nothing to flush.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        lock (_log.Gate)
        {
            if (_log.Loaded is not { IsFlushed: false }) return Task.CompletedTask;
        }

        return _flushes.RequestAsync().WaitAsync(cancellationToken);
    }

    private async ValueTask<AppendResult> AppendLargeAsync(
        ReadOnlyMemory<byte> records, AppendOrigin origin, CancellationToken cancellationToken)
    {
        ValueTask<AppendResult> appended;
        await _log.Settings.LargeUnpacking.WaitAsync(cancellationToken);
        try
        {
            appended = Append(records, origin, BatchValidator.MaxUnpackedBytes, cancellationToken);
        }
        finally
        {
            _log.Settings.LargeUnpacking.Release();
        }

        return await appended;
    }

    private ValueTask<AppendResult> Append(
        ReadOnlyMemory<byte> records, AppendOrigin origin, int maxUnpackedBytes, CancellationToken cancellationToken)
    {
        var result = Append(records, origin, maxUnpackedBytes, out var end, out var mustFlush);
        if (!mustFlush && result.Error is ErrorCode.None or ErrorCode.KafkaStorageError) _changed();
        return mustFlush ? FlushedAsync(result, end, cancellationToken) : ValueTask.FromResult(result);
    }

    private AppendResult Append(
        ReadOnlyMemory<byte> bytes, AppendOrigin origin, int maxUnpackedBytes, out long end, out bool mustFlush)
    {
        end = -1;
        mustFlush = false;
        var nowMs = _log.NowMs;
        var config = _log.Config;
        Span<byte> header = stackalloc byte[RecordBatch.HeaderLength];
        if (PreparedBatch.TryPrepare(bytes, origin, config, nowMs, maxUnpackedBytes, header, out var prepared) is { } refused) return refused;

        lock (_log.Gate)
        {
            try
            {
                if (_log.Load() is not { } contents) return Unusable();

                var result = contents.Append(prepared, config, nowMs, out end);
                _log.Settings.Trouble?.Taken();
                mustFlush = result.Error == ErrorCode.None
                    && contents.FlushedEnd < end
                    && (_log.Settings.FlushPolicy == FlushPolicy.Always || end - contents.FlushedEnd >= config.FlushMessages);
                return result with { LogAppendTimeMs = config.UsesLogAppendTime ? nowMs : -1 };
            }
            catch (IOException e)
            {
                return _log.TakeOfflineIfLost(e) ? Unusable() : new(ErrorCode.KafkaStorageError) { Message = e.Message };
            }
        }
    }

    private async ValueTask<AppendResult> FlushedAsync(AppendResult result, long end, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_log.Gate)
            {
                if (_log.Loaded is not { } contents) return Unusable();
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
            lock (_log.Gate)
            {
                if (_log.Loaded?.BeginFlush() is not { } begun) return;
                (contents, target) = (_log.Loaded, begun);
            }

            target.Flush(_disk);
            lock (_log.Gate)
            {
                contents.FlushEnded(target);
                if (_log.Loaded is null) return;
            }

            if (target.State is { } state)
            {
                contents.WriteState(state);
                lock (_log.Gate) contents.Saved(state);
            }
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile, or the segment was deleted: what is not durable needs not be any more.
        }
        catch (IOException e)
        {
            _log.Failed(e);
        }

        _changed();
    }

    private AppendResult Unusable() => new(_log.Refusal) { Message = _log.OfflineReason ?? "The partition's log is closed." };
}
