namespace Fink.Distribution.Configuration;

/// <summary>What the key of every message is.</summary>
public enum KeyFormat
{
    /// <summary>The Avro schema as compact JSON, which every fink-client since 4.0 decodes by.</summary>
    Schema,

    /// <summary><see cref="DistributionRules.SchemaVersion"/>, else the version columns of the row.</summary>
    Version,

    /// <summary>No key, as the original sent its alerts.</summary>
    None,
}

/// <summary>
/// Which alerts go to which topics and how: the one model that distribution.yaml, the original's distribution-rules.xml
/// and a bare DISTRIBUTION_TOPIC all become.
/// </summary>
public sealed record DistributionRules
{
    /// <summary>Where the rules were read from, for messages: a path, or what stood in a conf file.</summary>
    public required string Origin { get; init; }

    /// <summary>The science database (a folder, a glob or a file), or null when the rules do not say.</summary>
    public string? Source { get; init; }

    /// <summary>Dotted path of the column that picks the partition, or null for the survey's own object id.</summary>
    public string? PartitionBy { get; init; }

    public KeyFormat Key { get; init; } = KeyFormat.Schema;

    /// <summary>The text that <see cref="KeyFormat.Version"/> sends, or null to take it from each row.</summary>
    public string? SchemaVersion { get; init; }

    /// <summary>The rules in the order of the file. The first that gives a topic wins for an alert.</summary>
    public required IReadOnlyList<TopicRule> Topics { get; init; }

    /// <summary>Every alert, whole, to one topic: what a conf file with only DISTRIBUTION_TOPIC means.</summary>
    public static DistributionRules EveryAlertTo(string topic, FilePosition position) => new()
    {
        Origin = position.ToString(),
        Topics = [new NamedTopicRule { Name = topic, Position = position }],
    };
}
