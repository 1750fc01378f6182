using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>The bit field with which a describing API says what the one who asks may do.</summary>
internal static class AuthorizedOperations
{
    /// <summary>What an API answers that was not asked for them.</summary>
    public const int NotRequested = int.MinValue;

    private static readonly AclOperation[] OnTopic =
    [
        AclOperation.Read, AclOperation.Write, AclOperation.Create, AclOperation.Delete, AclOperation.Alter, AclOperation.Describe,
        AclOperation.DescribeConfigs, AclOperation.AlterConfigs,
    ];

    private static readonly AclOperation[] OnGroup = [AclOperation.Read, AclOperation.Delete, AclOperation.Describe];

    private static readonly AclOperation[] OnCluster =
    [
        AclOperation.Create, AclOperation.Alter, AclOperation.Describe, AclOperation.ClusterAction, AclOperation.DescribeConfigs,
        AclOperation.AlterConfigs, AclOperation.IdempotentWrite,
    ];

    private static readonly AclOperation[] OnTransactionalId = [AclOperation.Write, AclOperation.Describe];

    /// <summary>The operations that exist for a type of resource, as Kafka lists them.</summary>
    public static ReadOnlySpan<AclOperation> Of(ResourceType type) => type switch
    {
        ResourceType.Topic => OnTopic,
        ResourceType.Group => OnGroup,
        ResourceType.Cluster => OnCluster,
        ResourceType.TransactionalId => OnTransactionalId,
        _ => [],
    };

    /// <summary>One bit for each operation that is allowed, at the operation's number.</summary>
    public static int BitField(Authorizer authorizer, Requester who, ResourceType type, string name)
    {
        var bits = 0;
        foreach (var operation in Of(type))
        {
            if (authorizer.Allows(who, operation, type, name)) bits |= 1 << (int)operation;
        }

        return bits;
    }
}
