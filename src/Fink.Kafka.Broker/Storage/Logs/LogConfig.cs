using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Broker.Configuration;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>What a log goes by; replaced as a whole when its topic's configuration changes.</summary>
internal sealed record LogConfig
{
    public static LogConfig Default { get; } = new();

    public int SegmentBytes { get; init; } = 1 << 30;

    public TimeSpan SegmentAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Null for ever.</summary>
    public TimeSpan? Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Null for no limit.</summary>
    public long? RetentionBytes { get; init; }

    public int MaxMessageBytes { get; init; } = 1048588;

    public int IndexIntervalBytes { get; init; } = 4096;

    public bool UsesLogAppendTime { get; init; }

    public long TimestampBeforeMaxMs { get; init; } = long.MaxValue;

    public long TimestampAfterMaxMs { get; init; } = long.MaxValue;

    /// <summary>So many records may be acknowledged before they are flushed.</summary>
    public long FlushMessages { get; init; } = long.MaxValue;

    public bool IsCompacted { get; init; }

    public bool DeletesOldSegments { get; init; } = true;

    /// <summary>Null: as the producer compressed them.</summary>
    public CompressionType? Compression { get; init; }

    public static LogConfig From(TopicConfigValues values) => new()
    {
        SegmentBytes = values.SegmentBytes,
        SegmentAge = values.SegmentAge,
        Retention = values.Retention,
        RetentionBytes = values.RetentionBytes,
        MaxMessageBytes = values.MaxMessageBytes,
        IndexIntervalBytes = (int)values.Long(TopicConfigs.IndexIntervalBytes),
        UsesLogAppendTime = values.UsesLogAppendTime,
        TimestampBeforeMaxMs = values.TimestampBeforeMaxMs,
        TimestampAfterMaxMs = values.TimestampAfterMaxMs,
        FlushMessages = values.Long(TopicConfigs.FlushMessages),
        IsCompacted = values.IsCompacted,
        DeletesOldSegments = values.DeletesOldSegments,
        Compression = values.Value(TopicConfigs.CompressionType) switch
        {
            "uncompressed" => CompressionType.None,
            "gzip" => CompressionType.Gzip,
            "snappy" => CompressionType.Snappy,
            "lz4" => CompressionType.Lz4,
            "zstd" => CompressionType.Zstd,
            _ => null,
        },
    };
}
