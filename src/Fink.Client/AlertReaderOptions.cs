namespace Fink.Client;

/// <summary>What to read, from where, until when.</summary>
public sealed record AlertReaderOptions
{
    /// <summary>
    /// librdkafka's settings of the connection (`bootstrap.servers`, `security.protocol`, `sasl.username` …). Reading
    /// adds its own.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Connection { get; init; }

    public required IReadOnlyList<string> Topics { get; init; }

    public StartPosition From { get; init; } = StartPosition.Beginning;

    /// <summary>
    /// A consumer group shares the partitions among its members and remembers its place. Without one nothing is
    /// committed, and no right on any group is needed.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>Ends after this many alerts; null for no limit.</summary>
    public long? Limit { get; init; }

    /// <summary>Ends at what was the end of each topic when reading started.</summary>
    public bool UntilEnd { get; init; }

    /// <summary>
    /// The Avro schema (JSON text) of alerts whose key holds none (no key, or a version). A schema in the key wins.
    /// </summary>
    public string? Schema { get; init; }

    /// <summary>How long to wait for the brokers' first answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
