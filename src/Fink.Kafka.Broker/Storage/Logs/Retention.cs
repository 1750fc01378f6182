namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>Which segments may go.</summary>
internal static class Retention
{
    /// <summary>How many of the first segments are before the log start, too old, or too much; all of them, if the active one is too.</summary>
    public static int Count(LogContents contents, LogConfig config, long nowMs, long highWatermark)
    {
        var segments = contents.Segments;
        var excess = contents.SizeInBytes - (config.RetentionBytes ?? long.MaxValue);
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            var isActive = i == segments.Count - 1;
            var end = isActive ? contents.EndOffset : segments[i + 1].BaseOffset;
            excess -= segment.Length;
            var isBeforeStart = !isActive && end <= contents.LogStartOffset;
            var mayGo = isBeforeStart || IsTooOldOrTooMuch(config, excess, segment.NewestMs, nowMs);
            if (segment.Length == 0 || end > highWatermark || !mayGo) return i;
        }

        return segments.Count;
    }

    /// <summary>Whether of a log of which all is flushed the first segment, which has records, may go.</summary>
    /// <param name="isBeforeStart">It is not the active one, and the log starts after it.</param>
    /// <param name="sizeAfterFirst">Bytes of all other segments.</param>
    public static bool FirstMayGo(LogConfig config, bool isBeforeStart, long sizeAfterFirst, long newestMs, long nowMs) =>
        isBeforeStart || IsTooOldOrTooMuch(config, sizeAfterFirst - (config.RetentionBytes ?? long.MaxValue), newestMs, nowMs);

    private static bool IsTooOldOrTooMuch(LogConfig config, long excess, long newestMs, long nowMs) =>
        config.DeletesOldSegments && (excess >= 0 || IsTooOld(newestMs, config.Retention, nowMs));

    private static bool IsTooOld(long newestMs, TimeSpan? retention, long nowMs) =>
        retention is { } limit && nowMs - newestMs > limit.TotalMilliseconds;
}
