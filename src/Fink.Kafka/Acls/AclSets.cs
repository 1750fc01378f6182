namespace Fink.Kafka.Acls;

/// <summary>The sets that Kafka's own `--producer` and `--consumer` stand for.</summary>
public static class AclSets
{
    /// <summary>Write, Describe and Create on the topic.</summary>
    public static IReadOnlyList<Acl> Producer(string user, AclResource topic, string host = Acl.AnyHost) =>
        Allow(user, topic, host, AclOperation.Write, AclOperation.Describe, AclOperation.Create);

    /// <summary>Read and Describe on the topic, Read on the group.</summary>
    public static IReadOnlyList<Acl> Consumer(
        string user, AclResource topic, AclResource group, string host = Acl.AnyHost) =>
        [
            .. Allow(user, topic, host, AclOperation.Read, AclOperation.Describe),
            .. Allow(user, group, host, AclOperation.Read),
        ];

    public static IReadOnlyList<Acl> Allow(
        string user, AclResource resource, string host, params IEnumerable<AclOperation> operations) =>
        [.. operations.Select(o => new Acl(resource, Acl.PrincipalOf(user), host, o, AclPermissionType.Allow))];

    public static IReadOnlyList<Acl> Deny(
        string user, AclResource resource, string host, params IEnumerable<AclOperation> operations) =>
        [.. operations.Select(o => new Acl(resource, Acl.PrincipalOf(user), host, o, AclPermissionType.Deny))];
}
