namespace Fink.Kafka.Protocol.Values;

/// <summary>Which records of transactions a reader sees.</summary>
public enum IsolationLevel : sbyte
{
    ReadUncommitted = 0,
    ReadCommitted = 1,
}
