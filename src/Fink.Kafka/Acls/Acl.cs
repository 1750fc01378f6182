namespace Fink.Kafka.Acls;

/// <summary>One ACL, as Kafka stores it. Equal ACLs are one.</summary>
/// <param name="Principal">`User:alice`, or `User:*` for all.</param>
/// <param name="Host">A literal IP address, or `*`.</param>
public sealed record Acl(
    AclResource Resource, string Principal, string Host, AclOperation Operation, AclPermissionType Permission)
{
    public const string AnyHost = "*";
    public const string AnyPrincipal = "User:*";

    /// <summary>`User:` before a bare user name; a principal with its type stays.</summary>
    public static string PrincipalOf(string user) => user.Contains(':', StringComparison.Ordinal) ? user : "User:" + user;

    public override string ToString() =>
        $"{(Permission == AclPermissionType.Allow ? "allow" : "deny")} {Principal} from {Host} {Operation} on {Resource}";
}

/// <param name="Name">`*` with a literal pattern is every resource of the type.</param>
public sealed record AclResource(AclResourceType Type, string Name, AclPattern Pattern = AclPattern.Literal)
{
    public const string ClusterName = "kafka-cluster";
    public const string AnyName = "*";

    public static AclResource Cluster { get; } = new(AclResourceType.Cluster, ClusterName);

    public static AclResource Topic(string name, AclPattern pattern = AclPattern.Literal) =>
        new(AclResourceType.Topic, name, pattern);

    public static AclResource Group(string name, AclPattern pattern = AclPattern.Literal) =>
        new(AclResourceType.Group, name, pattern);

    public static AclResource TransactionalId(string name, AclPattern pattern = AclPattern.Literal) =>
        new(AclResourceType.TransactionalId, name, pattern);

    public override string ToString() => Type switch
    {
        AclResourceType.Cluster => "cluster",
        _ when Pattern == AclPattern.Prefixed => $"{Type} {Name}* (prefixed)",
        _ => $"{Type} {Name}",
    };
}
