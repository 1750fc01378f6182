using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Metadata.Configs;

/// <summary>Whose configuration is meant.</summary>
/// <param name="Name">A topic's name, or a broker's id; empty for all brokers.</param>
internal sealed record ConfigResource(ConfigResourceType Type, string Name);

/// <summary>What shall be done to one configuration.</summary>
/// <param name="Value">Null where a value is deleted.</param>
internal sealed record ConfigEdit(string Name, AlterConfigOperation Operation, string? Value);

/// <summary>What becomes of a wish for other configurations: the change to make (none if all is as wanted), or a refusal.</summary>
internal sealed record ConfigAnswer(MetadataChange? Change, Refusal? Refusal)
{
    public static implicit operator ConfigAnswer(MetadataChange change) => new(change, null);

    public static implicit operator ConfigAnswer(Refusal refusal) => new(null, refusal);
}
