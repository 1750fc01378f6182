using System.Runtime.InteropServices;

namespace Fink.Kafka.Broker.Storage.Logs.Segments;

/// <summary>Where some of a segment's batches begin: enough to be near any offset or time without reading all of it.</summary>
internal sealed class OffsetIndex
{
    private readonly List<IndexEntry> _entries = [];

    public ReadOnlySpan<IndexEntry> Entries => CollectionsMarshal.AsSpan(_entries);

    public void Add(IndexEntry entry) => _entries.Add(entry);

    /// <summary>Where to begin to look for the batch that holds an offset: at or before it.</summary>
    public long PositionFor(long relativeOffset) => PositionBefore(long.MaxValue, relativeOffset);

    /// <summary>Where the last of these batches begins that begins neither after a position nor with a later offset than the one given.</summary>
    public long PositionBefore(long position, long relativeOffset)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].RelativeOffset <= relativeOffset && _entries[middle].Position <= position) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? 0 : _entries[low - 1].Position;
    }

    /// <summary>No batch before this position has a record at or after the time.</summary>
    public long PositionForTimestamp(long timestamp)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].MaxTimestampBefore < timestamp) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? 0 : _entries[low - 1].Position;
    }
}

/// <param name="RelativeOffset">The batch's first offset, from the segment's.</param>
/// <param name="MaxTimestampBefore">The greatest time in the segment before this batch; -1 for none.</param>
internal readonly record struct IndexEntry(int RelativeOffset, long Position, long MaxTimestampBefore);
