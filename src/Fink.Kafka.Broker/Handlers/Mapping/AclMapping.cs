using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Handlers.Mapping;

/// <summary>ACLs and filters from and to messages: their codes are the same on both sides.</summary>
internal static class AclMapping
{
    public static Acl FromWire(CreateAclsRequest.Acl acl) => new(
        new ResourcePattern(acl.ResourceType, acl.ResourcePatternType, acl.ResourceName),
        acl.Principal,
        acl.Host,
        acl.Operation,
        acl.PermissionType);

    public static AclFilter FromWire(DescribeAclsRequest filter) => new(
        filter.ResourceTypeFilter,
        filter.PatternTypeFilter,
        filter.ResourceNameFilter,
        filter.PrincipalFilter,
        filter.HostFilter,
        filter.Operation,
        filter.PermissionType);

    public static AclFilter FromWire(DeleteAclsRequest.Filter filter) => new(
        filter.ResourceTypeFilter,
        filter.PatternTypeFilter,
        filter.ResourceNameFilter,
        filter.PrincipalFilter,
        filter.HostFilter,
        filter.Operation,
        filter.PermissionType);

    public static DeleteAclsResponse.MatchingAcl ToDeleted(Acl acl) => new()
    {
        ResourceType = acl.Resource.Type,
        ResourceName = acl.Resource.Name,
        PatternType = acl.Resource.Pattern,
        Principal = acl.Principal,
        Host = acl.Host,
        Operation = acl.Operation,
        PermissionType = acl.Permission,
    };

    public static DescribeAclsResponse.Resource ToDescribed(ResourcePattern resource, IEnumerable<Acl> acls) => new()
    {
        ResourceType = resource.Type,
        ResourceName = resource.Name,
        PatternType = resource.Pattern,
        Acls =
        [
            .. acls.Select(acl => new DescribeAclsResponse.Acl
            {
                Principal = acl.Principal,
                Host = acl.Host,
                Operation = acl.Operation,
                PermissionType = acl.Permission,
            }),
        ],
    };
}
