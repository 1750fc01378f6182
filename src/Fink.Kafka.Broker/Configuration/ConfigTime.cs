namespace Fink.Kafka.Broker.Configuration;

/// <summary>Times as Kafka's properties give them.</summary>
internal static class ConfigTime
{
    /// <summary>The longest times, by which Kafka means never, are more than a TimeSpan counts: they are the longest that it does.</summary>
    public static TimeSpan OfMilliseconds(long ms) =>
        ms >= (long)TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds(ms);
}
