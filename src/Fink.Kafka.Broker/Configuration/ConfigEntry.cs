using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>One configuration as it is described to admin clients.</summary>
/// <param name="Value">Null for "not set", and for secrets.</param>
/// <param name="Synonyms">Everything that gives it a value, what counts first.</param>
internal sealed record ConfigEntry(
    string Name, string? Value, ConfigSource Source, bool IsReadOnly, bool IsSensitive, ConfigType Type, IReadOnlyList<ConfigSynonym> Synonyms);

internal sealed record ConfigSynonym(string Name, string? Value, ConfigSource Source);
