using System.Buffers;
using Fink.Kafka.Broker.Storage.Disks;

namespace Fink.Kafka.Broker.Storage.Journals;

internal static class JournalSnapshot
{
    private const int FlushAbove = 256 * 1024;

    /// <returns>The length of the flushed file. After a failure nothing is left at the path.</returns>
    public static long Write(IDisk disk, string path, Action<JournalAppender> write)
    {
        try
        {
            using var file = disk.Open(path, DiskOpen.CreateOrReplace);
            var buffer = new ArrayBufferWriter<byte>();
            JournalFormat.WriteHeader(buffer.GetSpan(JournalFormat.HeaderLength));
            buffer.Advance(JournalFormat.HeaderLength);
            var position = 0L;
            // The file takes its name only after it was flushed as a whole.
            write((type, version, payload) =>
            {
                Journal.CheckKind(type, payload);
                var span = buffer.GetSpan(payload.Length + JournalFormat.EntryOverhead);
                buffer.Advance(JournalFormat.WriteEntry(span, (byte)(type | JournalFormat.FlushedBefore), version, payload));
                if (buffer.WrittenCount >= FlushAbove)
                {
                    file.WriteAt(position, buffer.WrittenSpan);
                    position += buffer.WrittenCount;
                    buffer.ResetWrittenCount();
                }
            });
            file.WriteAt(position, buffer.WrittenSpan);
            file.Flush();
            return position + buffer.WrittenCount;
        }
        catch
        {
            Remove(disk, path);
            throw;
        }
    }

    /// <summary>Adds what was appended to the journal since the snapshot began.</summary>
    /// <returns>The length of the flushed file. After a failure nothing is left at the path.</returns>
    public static long Follow(IDisk disk, string path, long length, IDiskFile journal, long from, long to)
    {
        if (from == to) return length;

        try
        {
            using var file = disk.Open(path, DiskOpen.Existing);
            var buffer = new byte[Math.Min(to - from, FlushAbove)];
            while (from < to)
            {
                var read = journal.ReadAt(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, to - from)));
                if (read == 0) throw new IOException($"The journal ends at byte {from}, before what was written to it.");

                file.WriteAt(length, buffer.AsSpan(0, read));
                (from, length) = (from + read, length + read);
            }

            file.Flush();
            return length;
        }
        catch
        {
            Remove(disk, path);
            throw;
        }
    }

    private static void Remove(IDisk disk, string path)
    {
        try
        {
            disk.DeleteFile(path);
        }
        catch (IOException)
        {
            // It is deleted when the journal is next opened; the failure that led here is the one to tell.
        }
    }
}
