using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs.Segments;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs.Recovery;

/// <summary>
/// Loads a log: what its state file says, and what the active segment holds beyond that. Only the active segment is ever
/// cut, and only after the recovery point; everything else that does not fit is an error, and the files stay.
/// </summary>
internal sealed class LogRecovery(IDisk disk, string folder, LogConfig config, LogSettings settings)
{
    private readonly LogFiles _files = new(disk, folder);
    private readonly long _nowMs = settings.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <exception cref="StorageException">The files are damaged, or do not fit together.</exception>
    public LogContents Load()
    {
        var bases = _files.BaseOffsets();
        var saved = new LogStateFile(disk, folder).Read();
        var contents = new LogContents(disk, folder, saved ?? Unsaved(bases), config.IndexIntervalBytes);
        try
        {
            RemoveLeftovers(bases, contents);
            Recover(contents, bases);
            return contents;
        }
        catch
        {
            contents.Dispose();
            throw;
        }
    }

    /// <summary>Nothing was saved yet, or the file was taken away: everything is read again from the first segment on.</summary>
    private LogState Unsaved(List<long> bases)
    {
        var first = bases.Count == 0 ? 0 : bases[0];
        return new()
        {
            LogStartOffset = first,
            EndOffset = first,
            Segments = [SegmentSummary.Empty(first, _nowMs)],
            Epochs = [new(0, first)],
        };
    }

    /// <summary>A crash can leave segments that retention had let go, and an empty one that a roll had begun.</summary>
    private void RemoveLeftovers(List<long> bases, LogContents contents)
    {
        var first = contents.Segments[0].BaseOffset;
        foreach (var offset in bases.Where(offset => offset < first)) _files.Delete(offset);
        bases.RemoveAll(offset => offset < first);

        foreach (var segment in contents.Segments)
        {
            if (segment.Length > 0 && !bases.Contains(segment.BaseOffset))
            {
                throw new StorageException(
                    $"{segment.Path} is missing: it held {segment.Length} bytes of records. The partition is offline; restore the file from a copy, or delete the topic.");
            }
        }

        bases.RemoveAll(offset => offset <= contents.Active.BaseOffset);
    }

    private void Recover(LogContents contents, List<long> laterBases)
    {
        var ahead = laterBases.FindAll(offset => _files.LengthOf(offset) > 0);
        foreach (var offset in laterBases.Except(ahead)) _files.Delete(offset);

        var scanned = Scan(contents, isLast: ahead.Count == 0, out var cut);
        foreach (var offset in ahead)
        {
            if (offset != contents.EndOffset)
            {
                throw new StorageException(
                    $"{_files.PathOf(offset)} does not follow what is before it, which ends at offset {contents.EndOffset}. The partition is offline and its files are kept; restore them from a copy, or delete the topic.");
            }

            contents.Adopt(SegmentSummary.Empty(offset, _nowMs));
            scanned |= Scan(contents, isLast: offset == ahead[^1], out cut);
        }

        if (cut > 0) contents.Epochs.Begin(contents.EndOffset);

        // What is shown from now on must not be lost by the machine, where that was promised.
        if (cut > 0 || (scanned && settings.FlushPolicy == FlushPolicy.Always)) contents.SaveState();
    }

    /// <summary>
    /// Takes in what the active segment holds after its end. What is no sound batch there is cut, if no segment follows; unless it is
    /// only what a crash left half written, it is kept beside.
    /// </summary>
    private bool Scan(LogContents contents, bool isLast, out long cut)
    {
        cut = 0;
        var active = contents.Active;
        if (!disk.FileExists(active.Path)) return false;

        var length = active.File.Length;
        if (length == active.Length) return false;

        using var walker = new BatchWalker(active.File, active.Length, length, WalkDepth.WholeBatches);
        while (walker.TryNext(out var batch) && Fits(batch, contents))
        {
            contents.Epochs.Note(batch.PartitionLeaderEpoch, batch.BaseOffset);
            contents.Accept(batch, _nowMs);
        }

        cut = length - active.Length;
        if (cut == 0) return true;
        if (!isLast) throw active.Damage(active.Length);

        var kept = new CutTail(disk, folder, active).KeepUnlessTorn(contents.EndOffset, length);
        active.DeleteIndex();
        active.CutTail();
        settings.Report?.Invoke(
            $"{active.Path}: the last {cut} bytes {kept ?? "are a batch that was only half written, and"} were cut off; the log ends at offset {contents.EndOffset}.");
        return true;
    }

    private static bool Fits(in RecordBatch batch, LogContents contents) =>
        batch.BaseOffset == contents.EndOffset
        && batch.LastOffsetDelta >= 0
        && batch.LastOffsetDelta < int.MaxValue
        && batch.RecordCount >= 0
        && batch.HasSoundCrc;
}
