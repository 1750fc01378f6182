using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Broker.Storage.Logs.Producers;
using Fink.Kafka.Broker.Storage.Logs.Recovery;
using Fink.Kafka.Broker.Storage.Logs.Segments;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>
/// A loaded log: its segments and all that is known of them. Used under the lock of its <see cref="PartitionLog"/>.
/// </summary>
/// <exception cref="UncertainStateException">From any change: a flush failed, and the log must not be used any more.</exception>
internal sealed class LogContents(IDisk disk, string folder, LogState state, int indexInterval) : IDisposable
{
    /// <summary>After a crash about this much is read again at most, beyond what a second writes.</summary>
    private const long SaveStateEvery = 64 * 1024 * 1024;

    private readonly LogStateFile _stateFile = new(disk, folder);
    private readonly List<Segment> _segments =
        [.. state.Segments.Select(summary => new Segment(disk, folder, summary, indexInterval))];

    // Of the active segment: where the scan after a crash would begin.
    private long _savedLength = state.Segments[^1].Length;
    private long _savedEnd = state.EndOffset;
    private bool _hasUnflushedFiles;

    public IReadOnlyList<Segment> Segments => _segments;

    public Segment Active => _segments[^1];

    public long LogStartOffset { get; private set; } = state.LogStartOffset;

    public long EndOffset { get; private set; } = state.EndOffset;

    /// <summary>Everything before it is durable.</summary>
    public long FlushedEnd { get; private set; } = state.EndOffset;

    public bool IsFlushed => FlushedEnd == EndOffset;

    public EpochHistory Epochs { get; } = new(state.Epochs);

    public ProducerStates Producers { get; } = new(state.Producers, state.Aborted);

    public long SizeInBytes
    {
        get
        {
            var size = 0L;
            foreach (var segment in _segments) size += segment.Length;
            return size;
        }
    }

    /// <summary>The segment that holds the offset, or would.</summary>
    public int FindSegment(long offset)
    {
        var at = _segments.Count - 1;
        while (at > 0 && _segments[at].BaseOffset > offset) at--;
        return at;
    }

    /// <summary>About; never fewer than there are.</summary>
    public long BytesFrom(long offset)
    {
        var first = FindSegment(offset);
        var bytes = _segments[first].BytesFrom(offset);
        for (var i = first + 1; i < _segments.Count; i++) bytes += _segments[i].Length;
        return bytes;
    }

    /// <summary>Appends a batch, rolling the segment first where it has to be. After a failure nothing has changed.</summary>
    /// <param name="end">The offset after the batch's last, also of one that had been appended before.</param>
    public AppendResult Append(in PreparedBatch prepared, LogConfig config, long nowMs, out long end)
    {
        end = -1;
        var batch = prepared.View();
        var verdict = Producers.Check(batch);
        if (verdict.Error != ErrorCode.None)
        {
            return new(verdict.Error)
            {
                Message =
                    $"Producer {batch.ProducerId} sent sequence {batch.BaseSequence} with epoch {batch.ProducerEpoch} out of its order.",
            };
        }

        if (verdict.IsDuplicate)
        {
            end = verdict.DuplicateOf + batch.LastOffsetDelta + 1;
            return new(ErrorCode.None) { BaseOffset = verdict.DuplicateOf, LogStartOffset = LogStartOffset, IsDuplicate = true };
        }

        if (MustRoll(batch, config, nowMs)) Roll(nowMs);

        var offset = EndOffset;
        RecordBatchHeader.SetBaseOffset(prepared.Header, offset);
        RecordBatchHeader.SetPartitionLeaderEpoch(prepared.Header, Epochs.Latest);
        Write(prepared);
        Accept(prepared.View(), nowMs);
        end = EndOffset;
        return new(ErrorCode.None) { BaseOffset = offset, LogStartOffset = LogStartOffset };
    }

    /// <summary>The batch at the active segment's end, already in the file, belongs to the log.</summary>
    public void Accept(in RecordBatch batch, long nowMs)
    {
        Active.Extend(batch, nowMs);
        Producers.Note(batch, nowMs);
        EndOffset = batch.NextOffset;
    }

    /// <summary>A segment that is already on the disk follows the active one; what it holds is not known yet.</summary>
    public void Adopt(SegmentSummary summary) => _segments.Add(new(disk, folder, summary, indexInterval));

    /// <summary>Closes the active segment and begins another one at the log's end.</summary>
    public void Roll(long nowMs)
    {
        FlushActive();
        Active.WriteIndex();
        var next = new Segment(disk, folder, SegmentSummary.Empty(EndOffset, nowMs), indexInterval);
        try
        {
            next.CreateFile();
            _segments.Add(next);
            SaveState();
        }
        catch (IOException e) when (e is not UncertainStateException)
        {
            _segments.Remove(next);
            RemoveUnused(next);
            throw;
        }
    }

    /// <summary>Flushes, and makes here the point where recovery begins.</summary>
    public void SaveState() => SaveState(LogStartOffset, _segments);

    /// <summary>At the next start nothing has to be read again.</summary>
    public void SaveForNextStart()
    {
        if (_savedEnd == EndOffset) return;

        Active.WriteIndex();
        SaveState();
    }

    /// <summary>Durable when it returns. Segments that are wholly before the offset stay until <see cref="DeleteSegments"/>.</summary>
    public void MoveLogStart(long offset)
    {
        SaveState(offset, _segments);
        LogStartOffset = offset;
        Producers.ForgetAbortedBefore(offset);
    }

    /// <summary>Deletes the first segments, and with them moves the log start.</summary>
    public void DeleteSegments(int count)
    {
        var kept = _segments[count..];
        var start = Math.Max(LogStartOffset, kept[0].BaseOffset);
        SaveState(start, kept);
        LogStartOffset = start;
        Producers.ForgetAbortedBefore(start);
        var deleted = _segments[..count];
        _segments.RemoveRange(0, count);
        foreach (var segment in deleted) RemoveUnused(segment);
    }

    /// <summary>Where a flush outside the lock has to begin; null where all is durable.</summary>
    public FlushTarget? BeginFlush() =>
        IsFlushed && !_hasUnflushedFiles ? null : new(
            Active.File,
            EndOffset,
            _hasUnflushedFiles ? folder : null,
            Active.Length - _savedLength > SaveStateEvery ? Snapshot(LogStartOffset, _segments) : null);

    /// <summary>Outside the lock: an fsync takes its time. <see cref="Saved"/> is then called under it.</summary>
    public void WriteState(LogStateSnapshot snapshot) => _stateFile.Write(snapshot);

    /// <summary>The file says at least what the snapshot says.</summary>
    public void Saved(LogStateSnapshot snapshot)
    {
        // Of one with the same end the segments may be others since: the newest is noted when it is written.
        if (snapshot.State.EndOffset <= _savedEnd) return;

        Note(snapshot);
    }

    public void FlushEnded(FlushTarget target)
    {
        FlushedEnd = Math.Max(FlushedEnd, target.EndOffset);
        if (target.Folder is not null) _hasUnflushedFiles = false;
    }

    public void Dispose()
    {
        foreach (var segment in _segments) segment.Dispose();
    }

    private bool MustRoll(in RecordBatch batch, LogConfig config, long nowMs) =>
        Active.Length > 0
        && (Active.Length + batch.SizeInBytes > config.SegmentBytes
            || nowMs - Active.CreatedMs > config.SegmentAge.TotalMilliseconds
            || EndOffset + batch.LastOffsetDelta - Active.BaseOffset > int.MaxValue);

    private void Write(in PreparedBatch prepared)
    {
        EnsureFile();
        try
        {
            Active.Write(prepared.Header, prepared.Records);
        }
        catch (IOException)
        {
            TakeBack();
            throw;
        }
    }

    /// <summary>The first segment's file is made by the first append: an empty partition has none.</summary>
    private void EnsureFile()
    {
        if (Active.Length > 0 || disk.FileExists(Active.Path)) return;

        Active.CreateFile();
        _hasUnflushedFiles = true;
    }

    private void TakeBack()
    {
        try
        {
            Active.CutTail();
        }
        catch (IOException e)
        {
            throw new UncertainStateException($"{Active.Path} could not be cut back after a failed write: {e.Message}", e);
        }
    }

    private void FlushActive()
    {
        if (BeginFlush() is not { } target) return;

        target.Flush(disk);
        FlushEnded(target);
    }

    private void SaveState(long logStart, List<Segment> segments)
    {
        FlushActive();
        var snapshot = Snapshot(logStart, segments);
        _stateFile.Write(snapshot);
        Note(snapshot);
    }

    private LogStateSnapshot Snapshot(long logStart, List<Segment> segments) => _stateFile.Take(new()
    {
        LogStartOffset = logStart,
        EndOffset = EndOffset,
        Segments = [.. segments.Select(segment => segment.Summary)],
        Epochs = Epochs.Starts,
        Producers = Producers.Snapshot(),
        Aborted = Producers.Aborted,
    });

    private void Note(LogStateSnapshot snapshot) =>
        (_savedEnd, _savedLength) = (snapshot.State.EndOffset, snapshot.State.Segments[^1].Length);

    private static void RemoveUnused(Segment segment)
    {
        try
        {
            segment.Delete();
        }
        catch (IOException)
        {
            // The log does without the file already; the next start removes it.
        }
    }
}

/// <summary>What a flush covers that began when this was made.</summary>
/// <param name="Folder">To be flushed too; null where no file was made in it.</param>
/// <param name="State">True once the flush has ended, to be saved then; null while there is little to read again after a crash.</param>
internal readonly record struct FlushTarget(IDiskFile File, long EndOffset, string? Folder, LogStateSnapshot? State)
{
    /// <exception cref="UncertainStateException">What is durable is not known any more.</exception>
    public void Flush(IDisk disk)
    {
        try
        {
            File.Flush();
            if (Folder is not null) disk.FlushFolder(Folder);
        }
        catch (IOException e)
        {
            throw new UncertainStateException($"a flush failed: {e.Message}", e);
        }
    }
}
