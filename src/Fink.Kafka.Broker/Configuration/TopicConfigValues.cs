using System.Collections.Immutable;
using System.Globalization;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>A topic's configuration: what was set for it, over the broker's properties, over the defaults.</summary>
internal sealed class TopicConfigValues(ImmutableDictionary<string, string> set, BrokerConfigs broker)
{
    public TimeSpan? Retention => Long(TopicConfigs.RetentionMs) is >= 0 and var ms ? ConfigTime.OfMilliseconds(ms) : null;

    /// <summary>Null for no limit.</summary>
    public long? RetentionBytes => Long(TopicConfigs.RetentionBytes) is >= 0 and var bytes ? bytes : null;

    public int SegmentBytes => (int)Long(TopicConfigs.SegmentBytes);

    public TimeSpan SegmentAge => ConfigTime.OfMilliseconds(Long(TopicConfigs.SegmentMs));

    public int MaxMessageBytes => (int)Long(TopicConfigs.MaxMessageBytes);

    public bool IsCompacted => ConfigDefinition.Items(Value(TopicConfigs.CleanupPolicy)).Contains("compact");

    public bool DeletesOldSegments => ConfigDefinition.Items(Value(TopicConfigs.CleanupPolicy)).Contains("delete");

    public bool UsesLogAppendTime => Value(TopicConfigs.MessageTimestampType) == "LogAppendTime";

    /// <summary>How far before now a record's timestamp may be, in milliseconds.</summary>
    public long TimestampBeforeMaxMs => Before is long.MaxValue ? Long(TopicConfigs.MessageTimestampDifferenceMaxMs) : Before;

    /// <summary>How far after now, in milliseconds.</summary>
    public long TimestampAfterMaxMs =>
        Long(TopicConfigs.MessageTimestampAfterMaxMs) is var ms and not long.MaxValue
            ? ms
            : Long(TopicConfigs.MessageTimestampDifferenceMaxMs);

    private long Before => Long(TopicConfigs.MessageTimestampBeforeMaxMs);

    public string Value(string name)
    {
        if (set.TryGetValue(name, out var value)) return value;

        var config = TopicConfigs.Find(name) ?? throw new ArgumentException($"no topic configuration is called {name}", nameof(name));
        foreach (var synonym in config.Synonyms)
        {
            if (broker.SetValue(synonym.Name) is { } inherited) return Scale(inherited, synonym.Factor);
        }

        return config.Definition.Default ?? "";
    }

    public long Long(string name) => long.Parse(Value(name), CultureInfo.InvariantCulture);

    // Hours of a broker that mean "for ever" are -1 in every unit.
    private static string Scale(string value, long factor) =>
        factor == 1 || long.Parse(value, CultureInfo.InvariantCulture) is var number && number < 0
            ? value
            : (number * factor).ToString(CultureInfo.InvariantCulture);
}
