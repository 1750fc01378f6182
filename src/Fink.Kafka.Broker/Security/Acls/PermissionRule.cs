using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>What an API asks of a client for one kind of resource.</summary>
/// <param name="Denied">How the API answers for a resource that the client may not touch.</param>
internal sealed record PermissionRule(ResourceType Resource, AclOperation Operation, ErrorCode Denied)
{
    /// <summary>Who may do this to the cluster may do it to every resource.</summary>
    public AclOperation? OnClusterInstead { get; init; }

    /// <summary>Who may do this to any topic may do it, too.</summary>
    public AclOperation? OnAnyTopicInstead { get; init; }

    /// <summary>Without the right the API leaves things out of its answer, and reports no error.</summary>
    public bool LeavesOut { get; init; }
}
