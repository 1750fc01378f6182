namespace Fink.Distribution.Configuration;

/// <summary>What a topic is created with, and the form of its messages; null leaves it to the distribution's default.</summary>
public sealed record TopicSettings
{
    public int? Partitions { get; init; }

    public short? ReplicationFactor { get; init; }

    /// <summary>How long messages are kept; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>The largest message, key and headers included, in bytes.</summary>
    public int? MaxMessageBytes { get; init; }

    /// <summary>Kafka's word for the codec: none, gzip, snappy, lz4 or zstd.</summary>
    public string? Compression { get; init; }

    public WireForm? Wire { get; init; }

    /// <summary>
    /// The id that a registry knows the topic's one schema by; only of use with <see cref="WireForm.Confluent"/>.
    /// Null: <see cref="Fink.Avro.AlertSchema.RegistryId"/>.
    /// </summary>
    public int? SchemaId { get; init; }

    /// <summary>These settings, with <paramref name="defaults"/> where they say nothing.</summary>
    public TopicSettings Over(TopicSettings defaults) => new()
    {
        Partitions = Partitions ?? defaults.Partitions,
        ReplicationFactor = ReplicationFactor ?? defaults.ReplicationFactor,
        Retention = Retention ?? defaults.Retention,
        MaxMessageBytes = MaxMessageBytes ?? defaults.MaxMessageBytes,
        Compression = Compression ?? defaults.Compression,
        Wire = Wire ?? defaults.Wire,
        SchemaId = SchemaId ?? defaults.SchemaId,
    };
}
