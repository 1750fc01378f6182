using Fink.Kafka.Broker.Storage.Logs.Segments;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>Looks for a time in the segments that can hold it, one after the other; runs outside the log's lock.</summary>
internal sealed class TimeLookup(IReadOnlyList<LogReader> readers, long timestamp, long logStart)
{
    /// <summary>Null where no record can be at or after the time.</summary>
    public static TimeLookup? First(LogContents contents, long timestamp, long limit)
    {
        var readers = new List<LogReader>();
        foreach (var segment in contents.Segments)
        {
            if (segment.Length > 0 && segment.MaxTimestamp >= timestamp && segment.BaseOffset < limit)
            {
                readers.Add(LogReader.AtTime(segment, timestamp, limit));
            }
        }

        return readers.Count == 0 ? null : new(readers, timestamp, contents.LogStartOffset);
    }

    /// <summary>Null where no record has a time.</summary>
    public static TimeLookup? Greatest(LogContents contents, long limit)
    {
        Segment? greatest = null;
        var timestamp = -1L;
        foreach (var segment in contents.Segments)
        {
            if (segment.MaxTimestamp <= timestamp) continue;

            var time = segment.MaxTimestampOffset >= contents.LogStartOffset
                ? segment.MaxTimestamp
                : LogReader.At(segment, segment.BaseOffset, limit).MaxTimestampFrom(contents.LogStartOffset);
            if (time > timestamp) (greatest, timestamp) = (segment, time);
        }

        return greatest is null
            ? null
            : new([LogReader.AtTime(greatest, timestamp, limit)], timestamp, contents.LogStartOffset);
    }

    /// <exception cref="StorageException">A segment is damaged.</exception>
    public TimestampedOffset? Run()
    {
        foreach (var reader in readers)
        {
            if (reader.FindTimestamp(timestamp, logStart) is { } found) return found;
        }

        return null;
    }
}
