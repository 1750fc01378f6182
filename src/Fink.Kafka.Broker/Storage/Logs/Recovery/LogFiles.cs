using System.Globalization;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs.Segments;

namespace Fink.Kafka.Broker.Storage.Logs.Recovery;

/// <summary>The segments' files in a partition's folder, as they are found.</summary>
internal sealed class LogFiles(IDisk disk, string folder)
{
    /// <summary>In order.</summary>
    /// <exception cref="StorageException">There is no folder, or a file that is called as a segment and cannot be one.</exception>
    public List<long> BaseOffsets()
    {
        if (!disk.FolderExists(folder))
        {
            throw new StorageException($"{folder} is missing. The partition is offline; restore the folder from a copy and start again, or delete the topic.");
        }

        var bases = new List<long>();
        foreach (var name in disk.List(folder))
        {
            if (!name.EndsWith(Segment.LogSuffix, StringComparison.Ordinal)) continue;
            if (!long.TryParse(
                    name.AsSpan(0, name.Length - Segment.LogSuffix.Length),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var offset))
            {
                throw new StorageException($"{Path.Combine(folder, name)} is no segment of this broker: move it away.");
            }

            bases.Add(offset);
        }

        bases.Sort();
        return bases;
    }

    /// <summary>
    /// Whether there is nothing to recover: each of the state's segments is there and no other, and the last one ends where the state
    /// says. An empty one needs no file.
    /// </summary>
    public bool AreAs(LogState state, List<long> bases)
    {
        var last = state.Segments[^1];
        var hasLast = bases.Count > 0 && bases[^1] == last.BaseOffset;
        if (!hasLast && last.Length > 0) return false;

        var expected = state.Segments.Take(state.Segments.Length - (hasLast ? 0 : 1)).Select(segment => segment.BaseOffset);
        return bases.SequenceEqual(expected) && (!hasLast || LengthOf(last.BaseOffset) == last.Length);
    }

    public long LengthOf(long offset)
    {
        using var file = disk.Open(PathOf(offset), DiskOpen.Existing);
        return file.Length;
    }

    public void Delete(long offset)
    {
        disk.DeleteFile(PathOf(offset));
        var index = Path.Combine(folder, Segment.NameOf(offset) + Segment.IndexSuffix);
        if (disk.FileExists(index)) disk.DeleteFile(index);
    }

    public string PathOf(long offset) => Path.Combine(folder, Segment.NameOf(offset) + Segment.LogSuffix);
}
