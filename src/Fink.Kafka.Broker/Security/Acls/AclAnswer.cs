namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>In the order of their weight: of several, the last one counts.</summary>
internal enum AclAnswer
{
    /// <summary>The resource has no ACL at all, for anybody.</summary>
    NoAcl,

    /// <summary>It has, but none for this client and operation.</summary>
    Silent,
    Allowed,
    Denied,
}
