using System.Buffers;
using Fink.Kafka.Broker.Storage.Disks;

namespace Fink.Kafka.Broker.Storage.Journals;

/// <summary>
/// Entries in order in one file, NAME.journal. An entry cut off by a crash disappears when it is opened, and is told of; other
/// damage is an error (<see cref="JournalRecovery"/>). Types are 0 to 127.
/// </summary>
internal sealed class Journal : IJournal, IDisposable
{
    private readonly IDisk _disk;
    private readonly string _folder;
    private readonly string _path;
    private readonly Lock _writing = new();
    private readonly Lock _flushing = new();
    private IDiskFile _file;
    private long _length;
    private long _flushedLength;
    private IOException? _broken;

    private Journal(IDisk disk, string folder, string path, IDiskFile file, long length)
    {
        (_disk, _folder, _path, _file, _length) = (disk, folder, path, file, length);
    }

    public long Length
    {
        get
        {
            lock (_writing)
            {
                return _length;
            }
        }
    }

    /// <summary>One of whose past nothing is known.</summary>
    /// <exception cref="StorageException">The file is damaged or not of this format; it is left as it is.</exception>
    public static Journal Open(IDisk disk, string folder, string name) =>
        Open(disk, JournalRecovery.Inspect(disk, PathOf(folder, name), JournalPast.Unknown), _ => { });

    /// <param name="report">Gets a line for each thing that was lost or put aside.</param>
    public static Journal Open(IDisk disk, JournalRecovery found, Action<string> report)
    {
        var file = found.Open(report);
        return new Journal(disk, Path.GetDirectoryName(found.FilePath)!, found.FilePath, file, file.Length);
    }

    public static string PathOf(string folder, string name) => Path.Combine(folder, name + ".journal");

    public void Append(byte type, byte version, ReadOnlySpan<byte> payload, bool durable)
    {
        CheckKind(type, payload);
        long end;
        lock (_writing)
        {
            ThrowIfBroken();
            var before = _length;
            var buffer = ArrayPool<byte>.Shared.Rent(payload.Length + JournalFormat.EntryOverhead);
            try
            {
                var flag = _flushedLength >= before ? JournalFormat.FlushedBefore : (byte)0;
                var size = JournalFormat.WriteEntry(buffer, (byte)(type | flag), version, payload);
                _file.WriteAt(before, buffer.AsSpan(0, size));
                end = _length = before + size;
            }
            catch (IOException)
            {
                TakeBack(before);
                throw;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        if (durable)
        {
            FlushTo(end);
        }
    }

    public void Replay(JournalEntryVisitor visit)
    {
        lock (_writing)
        {
            ThrowIfBroken();
            JournalRecovery.ForEach(_file, _length, visit);
        }
    }

    public void Snapshot(long before, Action<JournalAppender> write)
    {
        lock (_writing) ThrowIfBroken();
        var unfinished = _path + ".tmp";
        var written = JournalSnapshot.Write(_disk, unfinished, write);
        lock (_flushing)
        {
            lock (_writing)
            {
                ThrowIfBroken();
                var length = JournalSnapshot.Follow(_disk, unfinished, written, _file, before, _length);
                // Windows renames neither an open file nor onto one.
                _file.Dispose();
                try
                {
                    _disk.Rename(unfinished, _path);
                    _disk.FlushFolder(_folder);
                    _file = _disk.Open(_path, DiskOpen.Existing);
                }
                catch (IOException e)
                {
                    _broken = e;
                    throw;
                }
                _length = _flushedLength = length;
            }
        }
    }

    /// <summary>Makes all that was appended so far durable.</summary>
    public void Flush() => FlushTo(Length);

    /// <summary>Flushes what was appended, and ends.</summary>
    /// <returns>The file's length from now on.</returns>
    /// <exception cref="IOException">It cannot be said what the file holds.</exception>
    public long Close()
    {
        Flush();
        Dispose();
        return Length;
    }

    public void Dispose()
    {
        lock (_flushing)
        {
            lock (_writing)
            {
                _broken ??= new IOException($"{_path} is closed.");
                _file.Dispose();
            }
        }
    }

    /// <summary>One flush serves every caller whose entry was written before it began.</summary>
    private void FlushTo(long end)
    {
        lock (_flushing)
        {
            long target;
            lock (_writing)
            {
                ThrowIfBroken();
                if (_flushedLength >= end)
                {
                    return;
                }
                target = _length;
            }
            try
            {
                _file.Flush();
            }
            catch (IOException e)
            {
                lock (_writing)
                {
                    _broken = e;
                }
                throw;
            }
            lock (_writing)
            {
                _flushedLength = target;
            }
        }
    }

    private void TakeBack(long length)
    {
        try
        {
            _file.SetLength(length);
        }
        catch (IOException e)
        {
            _broken = e;
        }
    }

    private void ThrowIfBroken()
    {
        if (_broken is not null)
        {
            throw new IOException($"{_path} cannot be written since an earlier failure: {_broken.Message}", _broken);
        }
    }

    /// <summary>How long an entry is, clients decide: one that is too long is refused as one for which there is no room.</summary>
    /// <exception cref="IOException">The payload is longer than recovery would believe.</exception>
    internal static void CheckKind(byte type, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(type, JournalFormat.FlushedBefore);
        if (payload.Length > JournalFormat.LongestEntry - 2)
        {
            throw new IOException($"{payload.Length} bytes are more than one entry of a journal holds, {JournalFormat.LongestEntry - 2}.");
        }
    }
}
