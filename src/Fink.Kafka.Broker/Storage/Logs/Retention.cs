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
            var mayGo = config.DeletesOldSegments && (excess >= 0 || IsTooOld(segment.NewestMs, config.Retention, nowMs));
            if (segment.Length == 0 || end > highWatermark || !(isBeforeStart || mayGo)) return i;
        }

        return segments.Count;
    }

    private static bool IsTooOld(long newestMs, TimeSpan? retention, long nowMs) =>
        retention is { } limit && nowMs - newestMs > limit.TotalMilliseconds;
}
