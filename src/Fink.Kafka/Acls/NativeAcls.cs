using Confluent.Kafka.Admin;
using Native = Confluent.Kafka.Admin;

namespace Fink.Kafka.Acls;

/// <summary>Between our ACLs and the client library's, which calls the cluster a broker and knows no transactional id.</summary>
internal static class NativeAcls
{
    // librdkafka knows it, the .NET enumeration does not.
    private const ResourceType TransactionalId = (ResourceType)5;

    public static AclBinding ToBinding(Acl acl) => new()
    {
        Pattern = new ResourcePattern
        {
            Type = ToNative(acl.Resource.Type),
            Name = acl.Resource.Name,
            ResourcePatternType = ToNative(acl.Resource.Pattern),
        },
        Entry = new AccessControlEntry
        {
            Principal = acl.Principal,
            Host = acl.Host,
            Operation = ToNative(acl.Operation),
            PermissionType = ToNative(acl.Permission),
        },
    };

    /// <summary>The filter that finds this ACL and no other.</summary>
    public static AclBindingFilter ToFilter(Acl acl) => ToBinding(acl).ToFilter();

    public static AclBindingFilter ToFilter(AclFilter filter) => new()
    {
        PatternFilter = new ResourcePatternFilter
        {
            Type = filter.Type is { } type ? ToNative(type) : ResourceType.Any,
            Name = filter.Name!,
            ResourcePatternType = filter.Pattern is { } pattern ? ToNative(pattern) : ResourcePatternType.Any,
        },
        EntryFilter = new AccessControlEntryFilter
        {
            Principal = filter.Principal!,
            Host = filter.Host!,
            Operation = filter.Operation is { } operation ? ToNative(operation) : Native.AclOperation.Any,
            PermissionType = filter.Permission is { } permission
                ? ToNative(permission)
                : Native.AclPermissionType.Any,
        },
    };

    public static Acl FromBinding(AclBinding binding) => new(
        new AclResource(
            binding.Pattern.Type switch
            {
                ResourceType.Topic => AclResourceType.Topic,
                ResourceType.Group => AclResourceType.Group,
                ResourceType.Broker => AclResourceType.Cluster,
                TransactionalId => AclResourceType.TransactionalId,
                _ => AclResourceType.Other,
            },
            binding.Pattern.Name,
            binding.Pattern.ResourcePatternType == ResourcePatternType.Prefixed
                ? AclPattern.Prefixed
                : AclPattern.Literal),
        binding.Entry.Principal,
        binding.Entry.Host,
        Enum.TryParse<AclOperation>(binding.Entry.Operation.ToString(), out var operation)
            ? operation
            : AclOperation.Other,
        binding.Entry.PermissionType == Native.AclPermissionType.Deny
            ? AclPermissionType.Deny
            : AclPermissionType.Allow);

    private static ResourceType ToNative(AclResourceType type) => type switch
    {
        AclResourceType.Topic => ResourceType.Topic,
        AclResourceType.Group => ResourceType.Group,
        AclResourceType.Cluster => ResourceType.Broker,
        AclResourceType.TransactionalId => TransactionalId,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a resource type that ACLs can be changed on."),
    };

    private static ResourcePatternType ToNative(AclPattern pattern) =>
        pattern == AclPattern.Prefixed ? ResourcePatternType.Prefixed : ResourcePatternType.Literal;

    private static Native.AclOperation ToNative(AclOperation operation) =>
        operation == AclOperation.Other
            ? throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation of Kafka's.")
            : Enum.Parse<Native.AclOperation>(operation.ToString());

    private static Native.AclPermissionType ToNative(AclPermissionType permission) =>
        permission == AclPermissionType.Deny ? Native.AclPermissionType.Deny : Native.AclPermissionType.Allow;
}
