using System.Buffers.Binary;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Journals;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs.Recovery;

/// <summary>
/// A partition's file "state": "FKST", int16 version, int16 0, uint32 CRC32C of what follows, then the fields. Replaced as a
/// whole: written beside, flushed, renamed, and the folder flushed. Snapshots may be written in any order and by several threads; an
/// older one never replaces a newer one.
/// </summary>
internal sealed class LogStateFile(IDisk disk, string folder)
{
    private const uint Magic = 0x464B_5354;
    private const short Version = 1;
    private const int HeaderLength = 12;
    private const int Longest = 256 * 1024 * 1024;

    private readonly string _path = Path.Combine(folder, "state");
    private readonly Lock _writing = new();
    private long _taken;
    private long _written;

    /// <summary>Null where there is none: nothing was ever saved.</summary>
    /// <exception cref="StorageException">It is damaged or of a newer format; it is left as it is.</exception>
    public LogState? Read()
    {
        if (!disk.FileExists(_path)) return null;

        using var file = disk.Open(_path, DiskOpen.Existing);
        if (file.Length is < HeaderLength or > Longest) throw Damaged("its length cannot be");

        var bytes = new byte[file.Length];
        if (file.ReadAt(0, bytes) < bytes.Length || BinaryPrimitives.ReadUInt32BigEndian(bytes) != Magic)
        {
            throw Damaged("it does not begin as one");
        }

        var version = BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(4));
        if (version != Version)
        {
            throw new StorageException(
                $"{_path} has format version {version}; this broker reads version {Version}. Use the version that wrote it.");
        }

        var payload = bytes.AsSpan(HeaderLength);
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(8)) != Crc32C.Of(payload)) throw Damaged("its checksum differs");

        try
        {
            return LogStateFormat.Read(payload);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e.Message);
        }
    }

    /// <summary>Gives a state its place among the others: called in the order in which the log changes, by one thread at a time.</summary>
    public LogStateSnapshot Take(LogState state) => new(state, ++_taken);

    /// <summary>Writes a snapshot, or nothing if a newer one is there already. The folder must be there: a deleted one is not made again.</summary>
    /// <exception cref="IOException">What was there before still is.</exception>
    /// <exception cref="UncertainStateException">Which of the two is there after a crash is not known.</exception>
    public void Write(LogStateSnapshot snapshot)
    {
        lock (_writing)
        {
            if (snapshot.Number <= _written) return;

            Replace(snapshot.State);
            _written = snapshot.Number;
        }
    }

    private void Replace(LogState state)
    {
        var writer = new PayloadWriter();
        LogStateFormat.Write(writer, state);
        var unfinished = _path + ".tmp";
        WriteUnfinished(unfinished, writer.Written);
        disk.Rename(unfinished, _path);
        try
        {
            disk.FlushFolder(folder);
        }
        catch (IOException e)
        {
            throw new UncertainStateException($"{folder} could not be flushed: {e.Message}", e);
        }
    }

    private void WriteUnfinished(string path, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Magic);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), Crc32C.Of(payload));
        payload.CopyTo(bytes.AsSpan(HeaderLength));
        using var file = disk.Open(path, DiskOpen.CreateOrReplace);
        file.WriteAt(0, bytes);
        file.Flush();
    }

    private StorageException Damaged(string what) => new(
        $"{_path} is damaged: {what}. The partition is offline; restore the file from a copy, or delete it to have it made again from the segments, which brings deleted records back.");
}

/// <param name="Number">Greater than those of all that were taken before.</param>
internal readonly record struct LogStateSnapshot(LogState State, long Number);

/// <summary>A change may or may not have become durable: nothing may be built on either.</summary>
internal sealed class UncertainStateException(string message, Exception inner) : IOException(message, inner);
