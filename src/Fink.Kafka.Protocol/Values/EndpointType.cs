namespace Fink.Kafka.Protocol.Values;

/// <summary>Whose addresses are asked for.</summary>
public enum EndpointType : sbyte
{
    Unknown = 0,
    Brokers = 1,
    Controllers = 2,
}
