using Fink.Kafka.Acls;

namespace Fink.Integration.Tests.Acls;

/// <summary>One set of ACLs for one user, and what of read (r), write (w) and group (g) Kafka's rules let through.</summary>
public sealed record AclCase(string Name, string Allowed, Func<AclNames, IEnumerable<Acl>> Acls)
{
    private const string Here = "127.0.0.1";
    private const string Elsewhere = "192.0.2.7";

    public static IReadOnlyList<AclCase> All { get; } =
    [
        new("nothing", "", _ => []),
        new("literal read", "r", n => [n.Topic(AclOperation.Read)]),
        new("literal write", "w", n => [n.Topic(AclOperation.Write)]),
        new("literal group", "g", n => [n.Group(AclOperation.Read)]),
        new("describe alone", "", n => [n.Topic(AclOperation.Describe), n.Group(AclOperation.Describe)]),
        new("all operations", "rwg", n => [n.Topic(AclOperation.All), n.Group(AclOperation.All)]),
        new("delete is not read", "", n => [n.Topic(AclOperation.Delete), n.Group(AclOperation.Delete)]),
        new("alter and create are not write", "", n => [n.Topic(AclOperation.Alter), n.Topic(AclOperation.Create)]),
        new("producer set", "w", n => AclSets.Producer(n.User, n.TopicResource)),
        new("consumer set", "rg", n => AclSets.Consumer(n.User, n.TopicResource, n.GroupResource)),
        new("prefixed", "rwg", n =>
        [
            n.Topic(AclOperation.Read, prefix: true), n.Topic(AclOperation.Write, prefix: true),
            n.Group(AclOperation.Read, prefix: true),
        ]),
        new("a prefix that is the whole name", "r", n => [n.OnTopic(n.TopicName, AclOperation.Read, AclPattern.Prefixed)]),
        new("a longer prefix", "", n => [n.OnTopic(n.TopicName + "x", AclOperation.Read, AclPattern.Prefixed)]),
        new("a literal that is only a prefix", "", n => [n.OnTopic(n.Prefix, AclOperation.Read)]),
        new("another case of letters", "", n => [n.OnTopic(n.TopicName.ToUpperInvariant(), AclOperation.Read)]),
        new("wildcard topic", "r", n => [n.OnTopic("*", AclOperation.Read)]),
        new("wildcard group", "g", n => [n.OnGroup("*", AclOperation.Read)]),
        new("a prefixed star is no wildcard", "", n => [n.OnTopic("*", AclOperation.Read, AclPattern.Prefixed)]),
        new("this host", "rwg", n =>
            [n.Topic(AclOperation.All, host: Here), n.Group(AclOperation.Read, host: Here)]),
        new("another host", "", n =>
            [n.Topic(AclOperation.All, host: Elsewhere), n.Group(AclOperation.Read, host: Elsewhere)]),
        new("a host name is never matched", "", n => [n.Topic(AclOperation.All, host: "localhost")]),
        new("deny wins over a literal", "w", n =>
            [n.Topic(AclOperation.Read), n.Topic(AclOperation.Write), n.Denied(AclOperation.Read)]),
        new("deny wins over all", "r", n => [n.Topic(AclOperation.All), n.Denied(AclOperation.Write)]),
        new("deny all", "", n => [n.Topic(AclOperation.All), n.Denied(AclOperation.All)]),
        new("deny describe stops both", "", n => [n.Topic(AclOperation.All), n.Denied(AclOperation.Describe)]),
        new("deny read leaves describe", "w", n => [n.Topic(AclOperation.Write), n.Denied(AclOperation.Read)]),
        new("deny from another host", "rw", n =>
            [n.Topic(AclOperation.All), n.Denied(AclOperation.All, host: Elsewhere)]),
        new("deny from this host", "", n => [n.Topic(AclOperation.All), n.Denied(AclOperation.All, host: Here)]),
        new("deny prefixed over allow literal", "w", n =>
            [n.Topic(AclOperation.All), n.Denied(AclOperation.Read, prefix: true)]),
        new("deny literal over allow prefixed", "r", n =>
            [n.Topic(AclOperation.All, prefix: true), n.Denied(AclOperation.Write)]),
        new("deny everywhere", "r", n =>
            [n.Topic(AclOperation.All), n.OnTopic("*", AclOperation.Write) with { Permission = AclPermissionType.Deny }]),
        new("everybody may read", "r", n => [n.Topic(AclOperation.Read) with { Principal = Acl.AnyPrincipal }]),
        new("everybody is denied", "", n =>
            [n.Topic(AclOperation.All), n.Denied(AclOperation.All) with { Principal = Acl.AnyPrincipal }]),
        new("everybody may, this user not", "w", n =>
        [
            n.Topic(AclOperation.All) with { Principal = Acl.AnyPrincipal }, n.Denied(AclOperation.Read),
        ]),
        new("somebody else", "", n => [n.Topic(AclOperation.All) with { Principal = "User:" + n.User + "x" }]),
        new("another type of principal", "", n => [n.Topic(AclOperation.All) with { Principal = "Group:" + n.User }]),
        new("deny the group", "r", n =>
        [
            n.Topic(AclOperation.Read), n.Group(AclOperation.Read),
            n.Group(AclOperation.Read) with { Permission = AclPermissionType.Deny },
        ]),
        new("deny describe on the group", "r", n =>
        [
            n.Topic(AclOperation.Read), n.Group(AclOperation.Read),
            n.Group(AclOperation.Describe) with { Permission = AclPermissionType.Deny },
        ]),
    ];
}

/// <summary>One case's own user, topic and group, so that all cases live on one cluster.</summary>
public sealed record AclNames(string Prefix)
{
    public string User => Prefix + "user";

    public string TopicName => Prefix + "topic";

    public string GroupName => Prefix + "group";

    public AclResource TopicResource => AclResource.Topic(TopicName);

    public AclResource GroupResource => AclResource.Group(GroupName);

    public Acl Topic(AclOperation operation, string host = Acl.AnyHost, bool prefix = false) =>
        OnTopic(prefix ? Prefix : TopicName, operation, prefix ? AclPattern.Prefixed : AclPattern.Literal) with
        {
            Host = host,
        };

    public Acl Denied(AclOperation operation, string host = Acl.AnyHost, bool prefix = false) =>
        Topic(operation, host, prefix) with { Permission = AclPermissionType.Deny };

    public Acl Group(AclOperation operation, string host = Acl.AnyHost, bool prefix = false) =>
        OnGroup(prefix ? Prefix : GroupName, operation, prefix ? AclPattern.Prefixed : AclPattern.Literal) with
        {
            Host = host,
        };

    public Acl OnTopic(string name, AclOperation operation, AclPattern pattern = AclPattern.Literal) =>
        Allowing(AclResource.Topic(name, pattern), operation);

    public Acl OnGroup(string name, AclOperation operation, AclPattern pattern = AclPattern.Literal) =>
        Allowing(AclResource.Group(name, pattern), operation);

    private Acl Allowing(AclResource resource, AclOperation operation) =>
        new(resource, Acl.PrincipalOf(User), Acl.AnyHost, operation, AclPermissionType.Allow);
}
