namespace Fink.Kafka.Acls;

/// <summary>Decides as Kafka's own authorizers do, from the ACLs alone.</summary>
public static class AclCheck
{
    public static AclVerdict Evaluate(IReadOnlyCollection<Acl> acls, AclQuestion question, AuthorizerSettings settings) =>
        throw new NotImplementedException();
}
