namespace Fink.Kafka.Broker.Configuration;

/// <summary>A broker property that this broker knows, and goes by unless it says otherwise.</summary>
/// <param name="IsDynamic">Whether admin clients can change it while the broker runs; else it is read-only to them.</param>
internal sealed record BrokerConfig(ConfigDefinition Definition, bool IsDynamic)
{
    public string Name => Definition.Name;

    /// <summary>False: accepted, kept and shown, without effect here.</summary>
    public bool IsHonoured { get; init; } = true;
}
