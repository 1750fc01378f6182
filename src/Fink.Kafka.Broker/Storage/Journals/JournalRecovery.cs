using Fink.Kafka.Broker.Storage.Disks;

namespace Fink.Kafka.Broker.Storage.Journals;

/// <summary>Finds the end of what was written whole, and cuts off what was not.</summary>
internal static class JournalRecovery
{
    /// <returns>The length of the sound journal that is now in the file, flushed.</returns>
    public static long Recover(IDiskFile file, string path)
    {
        var bytes = ReadAll(file, file.Length);
        if (bytes.Length < JournalFormat.HeaderLength)
        {
            return Begin(file);
        }
        JournalFormat.CheckHeader(bytes, path);
        var end = SoundEnd(bytes);
        if (end < bytes.Length)
        {
            ThrowIfFlushedEntriesFollow(bytes, end, path);
            file.SetLength(end);
        }
        file.Flush();
        return end;
    }

    public static void ForEach(IDiskFile file, long length, JournalEntryVisitor visit)
    {
        ReadOnlySpan<byte> bytes = ReadAll(file, length);
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

    private static long Begin(IDiskFile file)
    {
        Span<byte> header = stackalloc byte[JournalFormat.HeaderLength];
        JournalFormat.WriteHeader(header);
        file.SetLength(0);
        file.WriteAt(0, header);
        file.Flush();
        return header.Length;
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
    private static void ThrowIfFlushedEntriesFollow(ReadOnlySpan<byte> bytes, int bad, string path)
    {
        for (var position = bad + 1; position <= bytes.Length - JournalFormat.EntryOverhead; position++)
        {
            var rest = bytes[position..];
            if (JournalFormat.SoundEntry(rest) is var length and > 0 && JournalFormat.SaysFlushedBefore(rest[..length]))
            {
                throw new StorageException(
                    $"{path} is damaged at byte {bad}, before entries that are sound (the next at byte {position}). It is left as it is: restore it from a copy.");
            }
        }
    }

    private static byte[] ReadAll(IDiskFile file, long length)
    {
        var bytes = new byte[length];
        var read = file.ReadAt(0, bytes);
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
