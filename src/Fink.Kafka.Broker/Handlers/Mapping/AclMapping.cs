using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol.Messages;
using Wire = Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers.Mapping;

/// <summary>ACLs and filters from and to messages: their codes are the same on both sides.</summary>
internal static class AclMapping
{
    public static Acl FromWire(CreateAclsRequest.Acl acl) => new(
        new ResourcePattern((ResourceType)acl.ResourceType, (PatternType)acl.ResourcePatternType, acl.ResourceName),
        acl.Principal,
        acl.Host,
        (AclOperation)acl.Operation,
        (AclPermission)acl.PermissionType);

    public static AclFilter FromWire(DescribeAclsRequest filter) => new(
        (ResourceType)filter.ResourceTypeFilter,
        (PatternType)filter.PatternTypeFilter,
        filter.ResourceNameFilter,
        filter.PrincipalFilter,
        filter.HostFilter,
        (AclOperation)filter.Operation,
        (AclPermission)filter.PermissionType);

    public static AclFilter FromWire(DeleteAclsRequest.Filter filter) => new(
        (ResourceType)filter.ResourceTypeFilter,
        (PatternType)filter.PatternTypeFilter,
        filter.ResourceNameFilter,
        filter.PrincipalFilter,
        filter.HostFilter,
        (AclOperation)filter.Operation,
        (AclPermission)filter.PermissionType);

    public static DeleteAclsResponse.MatchingAcl ToDeleted(Acl acl) => new()
    {
        ResourceType = (Wire.ResourceType)acl.Resource.Type,
        ResourceName = acl.Resource.Name,
        PatternType = (Wire.PatternType)acl.Resource.Pattern,
        Principal = acl.Principal,
        Host = acl.Host,
        Operation = (Wire.AclOperation)acl.Operation,
        PermissionType = (Wire.AclPermissionType)acl.Permission,
    };

    public static DescribeAclsResponse.Resource ToDescribed(ResourcePattern resource, IEnumerable<Acl> acls) => new()
    {
        ResourceType = (Wire.ResourceType)resource.Type,
        ResourceName = resource.Name,
        PatternType = (Wire.PatternType)resource.Pattern,
        Acls =
        [
            .. acls.Select(acl => new DescribeAclsResponse.Acl
            {
                Principal = acl.Principal,
                Host = acl.Host,
                Operation = (Wire.AclOperation)acl.Operation,
                PermissionType = (Wire.AclPermissionType)acl.Permission,
            }),
        ],
    };
}
