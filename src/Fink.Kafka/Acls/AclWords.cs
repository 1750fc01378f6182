namespace Fink.Kafka.Acls;

/// <summary>Kafka's resource types. <see cref="Other"/> is one that this client does not know: shown, never changed.</summary>
public enum AclResourceType
{
    Topic,
    Group,
    Cluster,
    TransactionalId,
    Other,
}

public enum AclPattern
{
    Literal,
    Prefixed,
}

public enum AclPermissionType
{
    Allow,
    Deny,
}

public enum AclOperation
{
    All,
    Read,
    Write,
    Create,
    Delete,
    Alter,
    Describe,
    ClusterAction,
    DescribeConfigs,
    AlterConfigs,
    IdempotentWrite,
    Other,
}
