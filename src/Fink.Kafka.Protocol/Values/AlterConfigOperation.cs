namespace Fink.Kafka.Protocol.Values;

/// <summary>What is done to one configuration; Append and Subtract are for lists.</summary>
public enum AlterConfigOperation : sbyte
{
    Set = 0,
    Delete = 1,
    Append = 2,
    Subtract = 3,
}
