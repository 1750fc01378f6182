namespace Fink.Kafka.Protocol.Values;

/// <summary>Whose coordinator is looked for.</summary>
public enum CoordinatorType : sbyte
{
    Group = 0,
    Transaction = 1,
}
