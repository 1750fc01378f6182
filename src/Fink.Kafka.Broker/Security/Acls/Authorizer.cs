using System.Collections.Frozen;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>Decides exactly as Kafka's own authorizer, over the ACLs of the moment.</summary>
/// <param name="superUsers">Principals that may do everything.</param>
/// <param name="allowIfNoAcl">Kafka's <c>allow.everyone.if.no.acl.found</c>: what holds where a resource has no ACL.</param>
/// <param name="acls">Gives the table that is valid now.</param>
internal sealed class Authorizer(FrozenSet<string> superUsers, bool allowIfNoAcl, Func<AclTable> acls)
{
    // Kafka asks about a resource of this name to learn what holds where no ACL says anything.
    private const string NoResourceInParticular = "hardcode";

    /// <summary>A broker without <c>authorizer.class.name</c>: everybody may do everything, and there are no ACLs to manage.</summary>
    public static Authorizer None { get; } = new([], allowIfNoAcl: true, () => AclTable.Empty) { IsEnabled = false };

    /// <summary>Where not, the ACL APIs answer SECURITY_DISABLED.</summary>
    public bool IsEnabled { get; private init; } = true;

    public bool Allows(Requester who, AclOperation operation, ResourceType type, string name)
    {
        if (superUsers.Contains(who.Principal)) return true;

        return acls().Ask(who, operation, type, name) switch
        {
            AclAnswer.Allowed => true,
            AclAnswer.NoAcl => allowIfNoAcl,
            _ => false,
        };
    }

    public bool AllowsOnCluster(Requester who, AclOperation operation) =>
        Allows(who, operation, ResourceType.Cluster, ResourcePattern.ClusterName);

    /// <summary>None where the rule lets the client at the resource, else the rule's error.</summary>
    public ErrorCode Check(Requester who, PermissionRule rule, string name)
    {
        var allowed = (rule.OnClusterInstead is { } operation && AllowsOnCluster(who, operation))
            || Allows(who, rule.Operation, rule.Resource, name)
            || (rule.OnAnyTopicInstead is { } onAny && AllowsOnAny(who, onAny, ResourceType.Topic));
        return allowed ? ErrorCode.None : rule.Denied;
    }

    /// <summary>
    /// Whether there can be a resource of the type, whatever its name, on which the operation is allowed: some ALLOW that no DENY
    /// covers whole. Implied operations do not count here.
    /// </summary>
    public bool AllowsOnAny(Requester who, AclOperation operation, ResourceType type)
    {
        if (Allows(who, operation, type, NoResourceInParticular)) return true;

        var relevant = acls().Acls.Where(acl =>
            acl.Resource.Type == type && AclMatch.IsAbout(acl, who) && AclMatch.Names(acl, operation)).ToLookup(acl => acl.Permission);
        var denied = relevant[AclPermissionType.Deny].Select(acl => acl.Resource).ToHashSet();
        return !denied.Contains(new ResourcePattern(type, PatternType.Literal, ResourcePattern.Wildcard))
            && relevant[AclPermissionType.Allow].Any(acl => !IsCovered(acl.Resource, denied));
    }

    private static bool IsCovered(ResourcePattern allowed, HashSet<ResourcePattern> denied)
    {
        if (allowed is { Pattern: PatternType.Literal, Name: ResourcePattern.Wildcard }) return false;
        if (allowed.Pattern == PatternType.Literal && denied.Contains(allowed)) return true;

        return Enumerable.Range(1, allowed.Name.Length).Any(length =>
            denied.Contains(new ResourcePattern(allowed.Type, PatternType.Prefixed, allowed.Name[..length])));
    }
}
