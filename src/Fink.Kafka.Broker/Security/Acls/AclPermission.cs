namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>Under Kafka's codes.</summary>
internal enum AclPermission : sbyte
{
    Unknown = 0,

    /// <summary>In filters only.</summary>
    Any = 1,
    Deny = 2,
    Allow = 3,
}
