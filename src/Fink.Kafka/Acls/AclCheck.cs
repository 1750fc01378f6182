namespace Fink.Kafka.Acls;

/// <summary>Decides as Kafka's own authorizers do, from the ACLs alone.</summary>
public static class AclCheck
{
    // Read, Write, Delete and Alter let Describe through; only for Allow, and only these (AclOperation in Kafka's docs).
    private static readonly AclOperation[] ImplyDescribe =
        [AclOperation.Describe, AclOperation.Read, AclOperation.Write, AclOperation.Delete, AclOperation.Alter];

    private static readonly AclOperation[] ImplyDescribeConfigs =
        [AclOperation.DescribeConfigs, AclOperation.AlterConfigs];

    /// <summary>All wishes must be allowed.</summary>
    public static AclVerdict Evaluate(
        IReadOnlyCollection<Acl> acls, AclQuestion question, AuthorizerSettings settings)
    {
        List<WishVerdict> wishes = [.. question.Wishes.Select(w => Evaluate(acls, question, w, settings))];
        var deciding = wishes.FirstOrDefault(w => !w.Allowed);
        var why = deciding?.Why ?? string.Join("; ", wishes.Select(w => w.Why).Distinct());
        return new AclVerdict(deciding is null, why + Assumptions(settings), wishes);
    }

    /// <summary>One operation on one resource, as the authorizer of a broker is asked.</summary>
    public static Decision Evaluate(
        IReadOnlyCollection<Acl> acls,
        string principal,
        string host,
        AclOperation operation,
        AclResource resource,
        AuthorizerSettings settings)
    {
        if (settings.SuperUsers.Any(s => Acl.PrincipalOf(s) == principal))
        {
            return new Decision(true, $"{principal} is a super user");
        }

        List<Acl> onResource = [.. acls.Where(a => Covers(a.Resource, resource))];
        if (onResource.Count == 0)
        {
            return settings.AllowIfNoAcl
                ? new Decision(true, $"{resource} has no ACL, and without one everybody is allowed")
                : new Decision(false, $"{resource} has no ACL, so that nobody may {operation}");
        }

        var aboutClient = onResource.Where(a => IsAbout(a, principal, host)).ToList();
        var deny = aboutClient.Find(a => a.Permission == AclPermissionType.Deny && Names(a, operation));
        if (deny is not null)
        {
            return new Decision(false, $"denied by: {deny}");
        }

        var allowing = Implying(operation);
        var allow = aboutClient.Find(a =>
            a.Permission == AclPermissionType.Allow && (a.Operation == AclOperation.All || allowing.Contains(a.Operation)));
        return allow is not null
            ? new Decision(true, $"allowed by: {allow}")
            : new Decision(false, $"no ACL allows {principal} from {host} to {operation} on {resource}");
    }

    private static WishVerdict Evaluate(
        IReadOnlyCollection<Acl> acls, AclQuestion question, AccessWish wish, AuthorizerSettings settings)
    {
        var principal = Acl.PrincipalOf(question.User);
        var (resource, main) = wish.Kind switch
        {
            AccessKind.Read => (AclResource.Topic(wish.Name), AclOperation.Read),
            AccessKind.Write => (AclResource.Topic(wish.Name), AclOperation.Write),
            AccessKind.Group => (AclResource.Group(wish.Name), AclOperation.Read),
            _ => throw new ArgumentOutOfRangeException(nameof(question), wish.Kind, "Not a kind of access."),
        };

        // A client looks the topic or the group's coordinator up first, which is Describe.
        var operation = Evaluate(acls, principal, question.Host, main, resource, settings);
        var describe = Evaluate(acls, principal, question.Host, AclOperation.Describe, resource, settings);
        var decision = operation.Allowed && !describe.Allowed ? describe : operation;
        return new WishVerdict(wish, decision.Allowed, decision.Why);
    }

    private static bool Covers(AclResource pattern, AclResource resource) =>
        pattern.Type == resource.Type && (pattern.Pattern == AclPattern.Prefixed
            ? resource.Name.StartsWith(pattern.Name, StringComparison.Ordinal)
            : pattern.Name == resource.Name || pattern.Name == AclResource.AnyName);

    private static bool IsAbout(Acl acl, string principal, string host) =>
        (acl.Principal == principal || acl.Principal == Acl.AnyPrincipal)
        && (acl.Host == host || acl.Host == Acl.AnyHost);

    private static bool Names(Acl acl, AclOperation operation) =>
        acl.Operation == operation || acl.Operation == AclOperation.All;

    private static AclOperation[] Implying(AclOperation operation) => operation switch
    {
        AclOperation.Describe => ImplyDescribe,
        AclOperation.DescribeConfigs => ImplyDescribeConfigs,
        _ => [operation],
    };

    private static string Assumptions(AuthorizerSettings settings)
    {
        if (settings.AreKnown)
        {
            return "";
        }

        var supers = settings.SuperUsers.Count == 0
            ? "no super users"
            : $"super users {string.Join(", ", settings.SuperUsers)}";
        return $" (assumed: {supers}, without an ACL {(settings.AllowIfNoAcl ? "everybody" : "nobody")} is allowed)";
    }
}

/// <param name="Why">The ACL or setting that decided.</param>
public sealed record Decision(bool Allowed, string Why);
