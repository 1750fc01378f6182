namespace Fink.Kafka.Protocol.Values;

/// <summary>What an ACL allows or denies; also the bit numbers of authorized operations.</summary>
public enum AclOperation : sbyte
{
    Unknown = 0,

    /// <summary>In filters only.</summary>
    Any = 1,

    /// <summary>In ACLs only: every operation.</summary>
    All = 2,
    Read = 3,
    Write = 4,
    Create = 5,
    Delete = 6,
    Alter = 7,
    Describe = 8,
    ClusterAction = 9,
    DescribeConfigs = 10,
    AlterConfigs = 11,
    IdempotentWrite = 12,
    CreateTokens = 13,
    DescribeTokens = 14,
}
