using Fink.Kafka.Broker.Storage.Disks;

namespace Fink.Kafka.Broker.Storage.Journals;

/// <summary>
/// Decides, for every journal alike, whether what is on the disk can be used. <see cref="Inspect"/> decides and changes nothing, so
/// that all of a directory is looked at before any of it is touched; <see cref="Open"/> does what was decided. A crash leaves a
/// half-written end, which is cut off; whatever else follows the last sound entry is kept beside, NAME.journal.cut-BYTE. All that
/// no crash explains is refused, until the administrator restores the file or gives it up (an empty file NAME.journal.give-up):
/// then it is put aside as NAME.journal.given-up and begun anew.
/// </summary>
internal sealed class JournalRecovery
{
    private readonly IDisk _disk;
    private readonly JournalPast _past;

    private JournalRecovery(IDisk disk, string path, JournalPast past)
    {
        (_disk, FilePath, _past) = (disk, path, past);
        IsGivenUp = disk.FileExists(GiveUpPath);
    }

    public string FilePath { get; }

    /// <summary>Whether there is more than the beginning of a journal.</summary>
    public bool HasEntries => FileLength > JournalFormat.HeaderLength;

    private bool IsGivenUp { get; }

    private string GiveUpPath => FilePath + ".give-up";

    private long FileLength { get; set; }

    /// <summary>Of the header and the entries that were written whole; 0 if the journal is to be begun.</summary>
    private int SoundLength { get; set; }

    private bool IsHalfWritten { get; set; }

    /// <exception cref="StorageException">It is missing, damaged or not of this format: one line that says which, and the ways out.</exception>
    public static JournalRecovery Inspect(IDisk disk, string path, JournalPast past)
    {
        var recovery = new JournalRecovery(disk, path, past);
        if (recovery.IsGivenUp) return recovery;
        if (WholeFile.Read(disk, path) is { } bytes)
        {
            recovery.Judge(bytes);
        }
        else if (past.MustExist)
        {
            throw recovery.Refusal($"{path} is missing");
        }

        return recovery;
    }

    /// <returns>The file, its length that of the sound journal in it, flushed.</returns>
    /// <param name="report">Gets a line for each thing that was lost or put aside.</param>
    public IDiskFile Open(Action<string> report)
    {
        var folder = Path.GetDirectoryName(FilePath)!;
        _disk.CreateFolder(folder);
        if (IsGivenUp) PutAside(report);
        var unfinished = FilePath + ".tmp";
        if (_disk.FileExists(unfinished)) _disk.DeleteFile(unfinished);
        var file = _disk.Open(FilePath, DiskOpen.OpenOrCreate);
        try
        {
            Repair(file, report);
            file.Flush();
            _disk.FlushFolder(folder);
            if (IsGivenUp)
            {
                _disk.DeleteFile(GiveUpPath);
                _disk.FlushFolder(folder);
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static void ForEach(IDiskFile file, long length, JournalEntryVisitor visit)
    {
        var all = new byte[length];
        ReadOnlySpan<byte> bytes = all.AsSpan(0, file.ReadAt(0, all));
        for (var position = JournalFormat.HeaderLength; position < bytes.Length;)
        {
            var entry = bytes.Slice(position, JournalFormat.SoundEntry(bytes[position..]));
            if (entry.IsEmpty)
            {
                throw new StorageException($"A journal changed on the disk after it was opened, at byte {position}.");
            }
            var (type, version) = JournalFormat.Kind(entry);
            visit(type, version, JournalFormat.Payload(entry));
            position += entry.Length;
        }
    }

    private void Judge(ReadOnlySpan<byte> bytes)
    {
        FileLength = bytes.Length;
        if (bytes.Length < JournalFormat.HeaderLength)
        {
            if (_past.MustExist) throw Refusal(bytes.IsEmpty ? $"{FilePath} is empty" : $"{FilePath} is damaged: it has only {bytes.Length} bytes");
            return;
        }

        if (!JournalFormat.IsJournal(bytes)) throw Refusal($"{FilePath} is not a journal of this broker");
        JournalFormat.CheckVersion(bytes, FilePath);
        SoundLength = SoundEnd(bytes);
        var rest = bytes[SoundLength..];
        if (!rest.IsEmpty)
        {
            ThrowIfFlushedEntriesFollow(bytes);
            if (_past.CleanStopPath is not null)
            {
                throw Refusal($"{FilePath} is damaged at byte {SoundLength}, and no crash did it: the broker was stopped cleanly", isReadable: true);
            }

            IsHalfWritten = JournalFormat.IsHalfWritten(rest) || !rest.ContainsAnyExcept((byte)0);
        }

        if (_past.LengthAtCleanStop is { } expected && expected != FileLength)
        {
            throw Refusal(
                $"{FilePath} has {FileLength} bytes, and had {expected} when the broker was stopped: it is another one, or damaged",
                isReadable: true);
        }
    }

    private static int SoundEnd(ReadOnlySpan<byte> bytes)
    {
        var position = JournalFormat.HeaderLength;
        while (JournalFormat.SoundEntry(bytes[position..]) is var length and > 0)
        {
            position += length;
        }
        return position;
    }

    /// <summary>
    /// A crash spoils only what was not flushed. An entry further on that was written after a flush proves that this is
    /// something else.
    /// </summary>
    private void ThrowIfFlushedEntriesFollow(ReadOnlySpan<byte> bytes)
    {
        for (var position = SoundLength + 1; position <= bytes.Length - JournalFormat.EntryOverhead; position++)
        {
            var rest = bytes[position..];
            if (JournalFormat.SoundEntry(rest) is var length and > 0 && JournalFormat.SaysFlushedBefore(rest[..length]))
            {
                throw Refusal($"{FilePath} is damaged at byte {SoundLength}, before entries that are sound (the next at byte {position})");
            }
        }
    }

    private void Repair(IDiskFile file, Action<string> report)
    {
        if (SoundLength == 0)
        {
            Span<byte> header = stackalloc byte[JournalFormat.HeaderLength];
            JournalFormat.WriteHeader(header);
            file.SetLength(0);
            file.WriteAt(0, header);
        }
        else if (SoundLength < FileLength)
        {
            var kept = IsHalfWritten ? "were half written and" : $"are no sound entry, were kept in {Keep(file)} and";
            file.SetLength(SoundLength);
            report($"{FileLength - SoundLength} bytes at byte {SoundLength} of {FilePath}, after an unclean stop, {kept} are cut off.");
        }
    }

    /// <exception cref="IOException">They could not be kept, and must not be cut.</exception>
    private string Keep(IDiskFile file)
    {
        var path = FreePath.For(_disk, $"{FilePath}.cut-{SoundLength}");
        var bytes = new byte[FileLength - SoundLength];
        var read = file.ReadAt(SoundLength, bytes);
        using var copy = _disk.Open(path, DiskOpen.CreateOrReplace);
        copy.WriteAt(0, bytes.AsSpan(0, read));
        copy.Flush();
        _disk.FlushFolder(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>The word to give it up holds until the new journal is there: a crash between only repeats this.</summary>
    private void PutAside(Action<string> report)
    {
        var aside = "nothing";
        if (_disk.FileExists(FilePath))
        {
            aside = FreePath.For(_disk, FilePath + ".given-up");
            _disk.Rename(FilePath, aside);
        }

        report($"{FilePath} is given up and begun anew, because {GiveUpPath} was there; of the old one, {aside} is kept.");
    }

    /// <param name="isReadable">Whether it would be used after a crash: then it is enough not to believe in the clean stop.</param>
    private StorageException Refusal(string what, bool isReadable = false)
    {
        var asAfterCrash = isReadable ? $"; to use what can be read of it, as after a crash, delete {_past.CleanStopPath}" : "";
        return new StorageException(
            $"{what}. Nothing was changed: restore it from a copy{asAfterCrash}; to lose all that it held, create the empty file {GiveUpPath}.");
    }
}
