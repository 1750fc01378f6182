namespace Fink.Kafka.Broker.Storage.Directories;

internal sealed record UpkeepIntervals
{
    /// <summary>log.retention.check.interval.ms</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How much a loss of power may cost at most, where nothing is flushed before it is acknowledged.</summary>
    public TimeSpan Flush { get; init; } = TimeSpan.FromSeconds(1);
}
