namespace Fink.Kafka.Protocol.Values;

/// <summary>The hash of a SCRAM credential.</summary>
public enum ScramMechanism : sbyte
{
    Unknown = 0,
    ScramSha256 = 1,
    ScramSha512 = 2,
}
