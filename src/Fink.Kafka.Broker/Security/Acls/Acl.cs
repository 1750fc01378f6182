using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>The names of resources that an ACL's pattern covers.</summary>
internal sealed record ResourcePattern(ResourceType Type, PatternType Pattern, string Name)
{
    /// <summary>As a literal name: every resource of the type.</summary>
    public const string Wildcard = "*";

    /// <summary>The one resource of type <see cref="ResourceType.Cluster"/>.</summary>
    public const string ClusterName = "kafka-cluster";
}

/// <summary>One rule: who, from where, may or may not do what to which resources.</summary>
/// <param name="Principal"><c>User:name</c>, or <c>User:*</c> for everybody.</param>
/// <param name="Host">A client's address as text, or <c>*</c> for all.</param>
internal sealed record Acl(
    ResourcePattern Resource, string Principal, string Host, AclOperation Operation, AclPermissionType Permission)
{
    public const string Everybody = "User:*";

    public const string AnyHost = "*";

    /// <summary>What is wrong with it, in words for the client; null where it can be stored.</summary>
    public string? Complaint()
    {
        if (Resource.Type is not (>= ResourceType.Topic and <= ResourceType.User)) return "Invalid resource type";
        if (Resource.Pattern is not (PatternType.Literal or PatternType.Prefixed)) return "Invalid pattern type";
        if (Operation is not (>= AclOperation.All and <= AclOperation.DescribeTokens)) return "Invalid operation type";
        if (Permission is not (AclPermissionType.Deny or AclPermissionType.Allow)) return "Invalid permission type";
        if (Resource.Name.Length == 0) return "Resource name should not be empty";
        if (Host.Length == 0) return "Host should not be empty";
        if (Resource.Type == ResourceType.Cluster && Resource.Name != ResourcePattern.ClusterName)
        {
            return $"The only valid name for the CLUSTER resource is {ResourcePattern.ClusterName}";
        }

        var colon = Principal.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < Principal.Length - 1
            ? null
            : $"Could not parse principal from `{Principal}` (no colon is present separating the principal type from the principal name)";
    }
}
