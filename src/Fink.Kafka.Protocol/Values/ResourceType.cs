namespace Fink.Kafka.Protocol.Values;

/// <summary>What an ACL protects.</summary>
public enum ResourceType : sbyte
{
    Unknown = 0,

    /// <summary>In filters only.</summary>
    Any = 1,
    Topic = 2,
    Group = 3,
    Cluster = 4,
    TransactionalId = 5,
    DelegationToken = 6,
    User = 7,
}
