using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>Chooses ACLs, to list or to delete them. Null stands for any name, principal or host.</summary>
internal sealed record AclFilter(
    ResourceType Type,
    PatternType Pattern,
    string? Name,
    string? Principal,
    string? Host,
    AclOperation Operation,
    AclPermissionType Permission)
{
    public static readonly AclFilter All =
        new(ResourceType.Any, PatternType.Any, null, null, null, AclOperation.Any, AclPermissionType.Any);

    /// <summary>Whether an element of the filter is one that this broker does not know: INVALID_REQUEST to the client.</summary>
    public bool HasUnknowns =>
        Type is not (>= ResourceType.Any and <= ResourceType.User)
        || Pattern is not (>= PatternType.Any and <= PatternType.Prefixed)
        || Operation is not (>= AclOperation.Any and <= AclOperation.DescribeTokens)
        || Permission is not (>= AclPermissionType.Any and <= AclPermissionType.Allow);

    public bool Matches(Acl acl) =>
        MatchesResource(acl.Resource)
        && (Principal is null || Principal == acl.Principal)
        && (Host is null || Host == acl.Host)
        && (Operation == AclOperation.Any || Operation == acl.Operation)
        && (Permission == AclPermissionType.Any || Permission == acl.Permission);

    private bool MatchesResource(ResourcePattern resource)
    {
        if (Type != ResourceType.Any && Type != resource.Type) return false;
        if (Pattern is PatternType.Literal or PatternType.Prefixed && Pattern != resource.Pattern) return false;
        if (Name is null || Name == resource.Name) return true;
        if (Pattern != PatternType.Match) return false;

        return resource.Pattern == PatternType.Prefixed
            ? Name.StartsWith(resource.Name, StringComparison.Ordinal)
            : resource.Name == ResourcePattern.Wildcard;
    }
}
