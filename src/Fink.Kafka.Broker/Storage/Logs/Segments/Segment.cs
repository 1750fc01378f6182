using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs.Segments;

/// <summary>
/// One file of a log, named after its first offset, and its index. Only what is before <see cref="Length"/> counts. Neither
/// file is opened before it is needed. Used under the log's lock, but for positions and for reads of the file.
/// </summary>
internal sealed class Segment(IDisk disk, string folder, SegmentSummary summary, int indexInterval) : IDisposable
{
    public const string LogSuffix = ".log";
    public const string IndexSuffix = ".idx";

    // Of the index alone, which a reader loads outside the log's lock; an append, which extends it, has it loaded first.
    private readonly Lock _indexing = new();

    private SharedFile? _file;
    private volatile OffsetIndex? _index;
    private long _sinceEntry = long.MaxValue / 2;
    private bool _isDisposed;

    public long BaseOffset => summary.BaseOffset;

    public long Length { get; private set; } = summary.Length;

    /// <summary>-1 where no record has a time.</summary>
    public long MaxTimestamp { get; private set; } = summary.MaxTimestamp;

    /// <summary>The first offset of the first batch with the greatest time.</summary>
    public long MaxTimestampOffset { get; private set; } = summary.MaxTimestampOffset;

    /// <summary>When its first batch came.</summary>
    public long CreatedMs { get; private set; } = summary.CreatedMs;

    public long NewestMs => Summary.NewestMs;

    public long LastAppendMs { get; private set; } = summary.LastAppendMs;

    /// <summary>What is after this position was checked, or written, by this process.</summary>
    public long CheckedFrom { get; } = summary.Length;

    public string Path => System.IO.Path.Combine(folder, NameOf(BaseOffset) + LogSuffix);

    public string IndexPath => System.IO.Path.Combine(folder, NameOf(BaseOffset) + IndexSuffix);

    public SegmentSummary Summary => summary with
    {
        Length = Length,
        MaxTimestamp = MaxTimestamp,
        MaxTimestampOffset = MaxTimestampOffset,
        CreatedMs = CreatedMs,
        LastAppendMs = LastAppendMs,
    };

    /// <exception cref="StorageException">The file is shorter than it was.</exception>
    public SharedFile File => _file ??= new(Open());

    public static string NameOf(long baseOffset) => baseOffset.ToString("D20", System.Globalization.CultureInfo.InvariantCulture);

    public void CreateFile()
    {
        _file = new(disk.Open(Path, DiskOpen.CreateOrReplace));
        _index = new();
    }

    /// <summary>Writes after the end, which does not move: <see cref="Extend"/> moves it.</summary>
    public void Write(ReadOnlySpan<byte> header, ReadOnlySpan<byte> records)
    {
        // What the index lacks is read before there is something to take back.
        lock (_indexing) LoadIndex();
        File.WriteAt(Length, header);
        File.WriteAt(Length + header.Length, records);
    }

    /// <summary>Takes away what is after the end.</summary>
    public void CutTail() => File.SetLength(Length);

    /// <summary>The batch at the end, already in the file, counts from now on.</summary>
    public void Extend(in RecordBatch batch, long nowMs)
    {
        lock (_indexing) AddToIndex(LoadIndex(), batch, Length, MaxTimestamp);
        if (batch.MaxTimestamp > MaxTimestamp) (MaxTimestamp, MaxTimestampOffset) = (batch.MaxTimestamp, batch.BaseOffset);
        if (Length == 0) CreatedMs = nowMs;
        LastAppendMs = nowMs;
        Length += batch.SizeInBytes;
    }

    /// <summary>Where to begin to look for the batch with an offset. Where the index is not loaded, the file has to be open.</summary>
    /// <exception cref="ObjectDisposedException">The segment is deleted.</exception>
    /// <exception cref="StorageException">The segment is damaged.</exception>
    public long PositionFor(long offset)
    {
        lock (_indexing) return LoadIndex().PositionFor(offset - BaseOffset);
    }

    /// <summary>Where a batch begins, near a position: neither after it nor with a later offset than the one given.</summary>
    /// <inheritdoc cref="PositionFor" path="/exception"/>
    public long PositionBefore(long position, long offset)
    {
        lock (_indexing) return LoadIndex().PositionBefore(position, offset - BaseOffset);
    }

    /// <summary>No batch before it has a record at or after the time. Otherwise as <see cref="PositionFor"/>.</summary>
    public long PositionForTimestamp(long timestamp)
    {
        lock (_indexing) return LoadIndex().PositionForTimestamp(timestamp);
    }

    /// <summary>About, never fewer, and without a look at the disk.</summary>
    public long BytesFrom(long offset) => _index is null ? Length : Length - PositionFor(offset);

    public void WriteIndex()
    {
        lock (_indexing) IndexFile.Write(disk, IndexPath, LoadIndex(), Length);
    }

    public void DeleteIndex()
    {
        if (disk.FileExists(IndexPath)) disk.DeleteFile(IndexPath);
    }

    public void Delete()
    {
        Dispose();
        disk.DeleteFile(Path);
        DeleteIndex();
    }

    public void Dispose()
    {
        if (_isDisposed) return;

        _isDisposed = true;
        _file?.Dispose();
    }

    public StorageException Damage(long position) => new(
        $"{Path} is damaged at byte {position}: no sound record batch begins there. The file is kept as it is and the partition is offline; restore it from a copy, or delete the topic.");

    private IDiskFile Open()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        IDiskFile file;
        try
        {
            file = disk.Open(Path, DiskOpen.Existing);
        }
        catch (FileNotFoundException e)
        {
            throw new StorageException($"{Path} is missing: it held {Length} bytes of records.", e);
        }

        if (file.Length >= Length) return file;

        var length = file.Length;
        file.Dispose();
        throw new StorageException(
            $"{Path} has {length} bytes where {Length} had been flushed: records are lost. The partition is offline; restore the file from a copy, or delete the topic.");
    }

    private OffsetIndex LoadIndex() => _index ??= Length == 0 ? new() : ReadIndex();

    private OffsetIndex ReadIndex()
    {
        var index = new OffsetIndex();
        var covered = IndexFile.Read(disk, IndexPath, index, Length);
        using var walker = new BatchWalker(File, covered, Length, WalkDepth.Headers);
        var maxTimestamp = covered == 0 ? -1 : MaxTimestamp;
        var position = walker.Position;
        while (walker.TryNext(out var batch))
        {
            AddToIndex(index, batch, position, maxTimestamp);
            maxTimestamp = Math.Max(maxTimestamp, batch.MaxTimestamp);
            position = walker.Position;
        }

        return walker.IsAtEnd ? index : throw Damage(walker.Position);
    }

    private void AddToIndex(OffsetIndex index, in RecordBatch batch, long position, long maxTimestampBefore)
    {
        if (position > 0 && _sinceEntry >= indexInterval)
        {
            index.Add(new((int)(batch.BaseOffset - BaseOffset), position, maxTimestampBefore));
            _sinceEntry = 0;
        }

        _sinceEntry += batch.SizeInBytes;
    }
}

/// <summary>What is known of a segment without opening it.</summary>
/// <param name="MaxTimestamp">-1 for none.</param>
/// <param name="LastAppendMs">Of this machine's clock: what retention goes by where records have no time.</param>
internal readonly record struct SegmentSummary(
    long BaseOffset, long Length, long MaxTimestamp, long MaxTimestampOffset, long CreatedMs, long LastAppendMs)
{
    /// <summary>What its age is reckoned from: the time of its records, or where they have none, of the last append.</summary>
    public long NewestMs => MaxTimestamp >= 0 ? MaxTimestamp : LastAppendMs;

    public static SegmentSummary Empty(long baseOffset, long nowMs) => new(baseOffset, 0, -1, -1, nowMs, nowMs);
}
