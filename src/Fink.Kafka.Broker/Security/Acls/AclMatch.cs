using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>What one ACL on a resource has to say.</summary>
internal static class AclMatch
{
    public static bool IsAbout(Acl acl, Requester who) =>
        (acl.Principal == who.Principal || acl.Principal == Acl.Everybody) && (acl.Host == who.Host || acl.Host == Acl.AnyHost);

    public static AclAnswer Verdict(Acl acl, AclOperation operation)
    {
        if (acl.Permission == AclPermissionType.Deny)
        {
            return Names(acl, operation) ? AclAnswer.Denied : AclAnswer.Silent;
        }

        return Names(acl, operation) || Implies(acl.Operation, operation) ? AclAnswer.Allowed : AclAnswer.Silent;
    }

    public static bool Names(Acl acl, AclOperation operation) => acl.Operation == AclOperation.All || acl.Operation == operation;

    /// <summary>Being allowed one thing can mean being allowed another; being denied it never does.</summary>
    private static bool Implies(AclOperation granted, AclOperation asked) => asked switch
    {
        AclOperation.Describe =>
            granted is AclOperation.Read or AclOperation.Write or AclOperation.Delete or AclOperation.Alter,
        AclOperation.DescribeConfigs => granted is AclOperation.AlterConfigs,
        _ => false,
    };
}
