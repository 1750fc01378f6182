namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>Looks for a record by its time: made under the log's lock, run outside it, for it reads from the disk.</summary>
internal interface ITimeLookup
{
    /// <param name="maxUnpackedBytes">Of one batch's compressed records.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="StorageException">A segment is damaged.</exception>
    /// <exception cref="Compression.CompressionException">A batch unpacks to more than was allowed.</exception>
    TimestampedOffset? Run(int maxUnpackedBytes);
}

/// <summary>The first record, in offset order, at or after a time, in the segments that can hold it.</summary>
internal sealed class FirstAtOrAfter(LogContents contents, long timestamp, long limit) : ITimeLookup
{
    private readonly long _logStart = contents.LogStartOffset;
    private readonly List<LogReader> _readers =
    [
        .. contents.Segments
            .Where(segment => segment.Length > 0 && segment.MaxTimestamp >= timestamp && segment.BaseOffset < limit)
            .Select(segment => LogReader.Of(segment, limit)),
    ];

    public TimestampedOffset? Run(int maxUnpackedBytes)
    {
        foreach (var reader in _readers)
        {
            if (reader.FindTimestamp(timestamp, _logStart, maxUnpackedBytes) is { } found) return found;
        }

        return null;
    }
}

/// <summary>The first of the records with the greatest time.</summary>
internal sealed class GreatestTime(LogContents contents, long limit) : ITimeLookup
{
    private readonly long _logStart = contents.LogStartOffset;

    // Of a segment that the log start cuts, the record with its greatest time may be gone: only its batches tell.
    private readonly List<LogReader> _cut =
    [
        .. contents.Segments
            .Where(segment => segment.MaxTimestamp >= 0 && segment.MaxTimestampOffset < contents.LogStartOffset)
            .Select(segment => LogReader.Of(segment, limit)),
    ];

    private readonly (LogReader Reader, long Timestamp)? _whole = contents.Segments
        .Where(segment => segment.MaxTimestamp >= 0 && segment.MaxTimestampOffset >= contents.LogStartOffset)
        .MaxBy(segment => segment.MaxTimestamp) is { } greatest
            ? (LogReader.Of(greatest, limit), greatest.MaxTimestamp)
            : null;

    public TimestampedOffset? Run(int maxUnpackedBytes)
    {
        LogReader? greatest = null;
        var timestamp = -1L;
        foreach (var reader in _cut)
        {
            var time = reader.MaxTimestampFrom(_logStart);
            if (time > timestamp) (greatest, timestamp) = (reader, time);
        }

        if (_whole is { } whole && whole.Timestamp > timestamp) (greatest, timestamp) = whole;
        return greatest?.FindTimestamp(timestamp, _logStart, maxUnpackedBytes);
    }
}
