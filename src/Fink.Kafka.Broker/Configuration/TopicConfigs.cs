using System.Collections.Frozen;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>Every topic configuration of Kafka 3.9, with its default there.</summary>
internal static class TopicConfigs
{
    public const string CleanupPolicy = "cleanup.policy";
    public const string CompressionType = "compression.type";
    public const string DeleteRetentionMs = "delete.retention.ms";
    public const string FileDeleteDelayMs = "file.delete.delay.ms";
    public const string FlushMessages = "flush.messages";
    public const string FlushMs = "flush.ms";
    public const string IndexIntervalBytes = "index.interval.bytes";
    public const string MaxCompactionLagMs = "max.compaction.lag.ms";
    public const string MaxMessageBytes = "max.message.bytes";
    public const string MessageTimestampAfterMaxMs = "message.timestamp.after.max.ms";
    public const string MessageTimestampBeforeMaxMs = "message.timestamp.before.max.ms";
    public const string MessageTimestampDifferenceMaxMs = "message.timestamp.difference.max.ms";
    public const string MessageTimestampType = "message.timestamp.type";
    public const string MinCleanableDirtyRatio = "min.cleanable.dirty.ratio";
    public const string MinCompactionLagMs = "min.compaction.lag.ms";
    public const string RemoteStorageEnable = "remote.storage.enable";
    public const string RetentionBytes = "retention.bytes";
    public const string RetentionMs = "retention.ms";
    public const string SegmentBytes = "segment.bytes";
    public const string SegmentJitterMs = "segment.jitter.ms";
    public const string SegmentMs = "segment.ms";

    private const string Forever = "9223372036854775807";
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    private static readonly string[] Codecs = ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"];

    public static readonly IReadOnlyList<TopicConfig> All =
    [
        Honoured(CleanupPolicy, ConfigType.List, "delete", ValueRule.SomeOf("compact", "delete"), "log.cleanup.policy"),
        Ignored("compression.gzip.level", ConfigType.Int, "-1", ValueRule.Between(-1, 9), "compression.gzip.level"),
        Ignored("compression.lz4.level", ConfigType.Int, "9", ValueRule.Between(1, 17), "compression.lz4.level"),
        Honoured(CompressionType, ConfigType.String, "producer", ValueRule.OneOf(Codecs), "compression.type"),
        Ignored("compression.zstd.level", ConfigType.Int, "3", ValueRule.Between(-131072, 22), "compression.zstd.level"),
        Ignored(DeleteRetentionMs, ConfigType.Long, "86400000", ValueRule.AtLeast(0), "log.cleaner.delete.retention.ms"),
        Ignored(FileDeleteDelayMs, ConfigType.Long, "60000", ValueRule.AtLeast(0), "log.segment.delete.delay.ms"),
        Honoured(FlushMessages, ConfigType.Long, Forever, ValueRule.AtLeast(1), "log.flush.interval.messages"),
        Ignored(
            FlushMs, ConfigType.Long, Forever, ValueRule.AtLeast(0), "log.flush.interval.ms", "log.flush.scheduler.interval.ms"),
        Ignored("follower.replication.throttled.replicas", ConfigType.List, "", ValueRule.Any),
        Honoured(IndexIntervalBytes, ConfigType.Int, "4096", ValueRule.AtLeast(0), "log.index.interval.bytes"),
        Ignored("leader.replication.throttled.replicas", ConfigType.List, "", ValueRule.Any),
        Ignored("local.retention.bytes", ConfigType.Long, "-2", ValueRule.AtLeast(-2), "log.local.retention.bytes"),
        Ignored("local.retention.ms", ConfigType.Long, "-2", ValueRule.AtLeast(-2), "log.local.retention.ms"),
        Ignored(MaxCompactionLagMs, ConfigType.Long, Forever, ValueRule.AtLeast(1), "log.cleaner.max.compaction.lag.ms"),
        Honoured(MaxMessageBytes, ConfigType.Int, "1048588", ValueRule.AtLeast(0), "message.max.bytes"),
        Ignored("message.downconversion.enable", ConfigType.Boolean, "true", ValueRule.Any, "log.message.downconversion.enable"),
        Ignored("message.format.version", ConfigType.String, "3.0-IV1", ValueRule.Any, "log.message.format.version"),
        Honoured(
            MessageTimestampAfterMaxMs, ConfigType.Long, Forever, ValueRule.AtLeast(0), "log.message.timestamp.after.max.ms"),
        Honoured(
            MessageTimestampBeforeMaxMs, ConfigType.Long, Forever, ValueRule.AtLeast(0), "log.message.timestamp.before.max.ms"),
        Honoured(
            MessageTimestampDifferenceMaxMs,
            ConfigType.Long,
            Forever,
            ValueRule.AtLeast(0),
            "log.message.timestamp.difference.max.ms"),
        Honoured(
            MessageTimestampType,
            ConfigType.String,
            "CreateTime",
            ValueRule.OneOf("CreateTime", "LogAppendTime"),
            "log.message.timestamp.type"),
        Ignored(MinCleanableDirtyRatio, ConfigType.Double, "0.5", ValueRule.Between(0, 1), "log.cleaner.min.cleanable.ratio"),
        Ignored(MinCompactionLagMs, ConfigType.Long, "0", ValueRule.AtLeast(0), "log.cleaner.min.compaction.lag.ms"),
        Ignored("min.insync.replicas", ConfigType.Int, "1", ValueRule.AtLeast(1), "min.insync.replicas"),
        Ignored("preallocate", ConfigType.Boolean, "false", ValueRule.Any, "log.preallocate"),
        Ignored("remote.log.copy.disable", ConfigType.Boolean, "false", ValueRule.Any),
        Ignored("remote.log.delete.on.disable", ConfigType.Boolean, "false", ValueRule.Any),
        Ignored(RemoteStorageEnable, ConfigType.Boolean, "false", ValueRule.Any),
        Honoured(RetentionBytes, ConfigType.Long, "-1", ValueRule.Any, "log.retention.bytes"),
        Timed(
            RetentionMs,
            "604800000",
            ValueRule.AtLeast(-1),
            new("log.retention.ms"),
            new("log.retention.minutes", Minute),
            new("log.retention.hours", Hour)),
        Honoured(SegmentBytes, ConfigType.Int, "1073741824", ValueRule.AtLeast(14), "log.segment.bytes"),
        Ignored("segment.index.bytes", ConfigType.Int, "10485760", ValueRule.AtLeast(4), "log.index.size.max.bytes"),
        Timed(SegmentJitterMs, "0", ValueRule.AtLeast(0), new("log.roll.jitter.ms"), new("log.roll.jitter.hours", Hour)) with
        {
            IsHonoured = false,
        },
        Timed(SegmentMs, "604800000", ValueRule.AtLeast(1), new("log.roll.ms"), new("log.roll.hours", Hour)),
        Ignored(
            "unclean.leader.election.enable", ConfigType.Boolean, "false", ValueRule.Any, "unclean.leader.election.enable"),
    ];

    private static readonly FrozenDictionary<string, TopicConfig> ByName = All.ToFrozenDictionary(config => config.Name);

    public static TopicConfig? Find(string name) => ByName.GetValueOrDefault(name);

    private static TopicConfig Honoured(
        string name, ConfigType type, string? value, ValueRule rule, params string[] synonyms) =>
        new(new(name, type, value, rule), [.. synonyms.Select(synonym => new BrokerSynonym(synonym))], IsHonoured: true);

    private static TopicConfig Ignored(
        string name, ConfigType type, string? value, ValueRule rule, params string[] synonyms) =>
        Honoured(name, type, value, rule, synonyms) with { IsHonoured = false };

    private static TopicConfig Timed(string name, string value, ValueRule rule, params BrokerSynonym[] synonyms) =>
        new(new(name, ConfigType.Long, value, rule), synonyms, IsHonoured: true);
}
