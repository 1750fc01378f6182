namespace Fink.Kafka.Protocol.Values;

/// <summary>Whether an ACL allows or denies. Any is for filters only.</summary>
public enum AclPermissionType : sbyte
{
    Unknown = 0,
    Any = 1,
    Deny = 2,
    Allow = 3,
}
