using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DescribeAcls, key 29: ACLs that match a filter.</summary>
/// <remarks>v2 flexible. v3 user resources.</remarks>
public sealed class DescribeAclsRequest : IRequest<DescribeAclsRequest, DescribeAclsResponse>
{
    public static ApiKey Key => ApiKey.DescribeAcls;

    public static ApiVersions Versions => new(Oldest: 1, Newest: 3, FlexibleFrom: 2);

    public ResourceType ResourceTypeFilter;
    public string? ResourceNameFilter;
    public PatternType PatternTypeFilter = PatternType.Literal;
    public string? PrincipalFilter;
    public string? HostFilter;
    public AclOperation Operation;
    public AclPermissionType PermissionType;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Enum8(ref ResourceTypeFilter);
        visitor.NullableString(ref ResourceNameFilter);
        visitor.Enum8(ref PatternTypeFilter);
        visitor.NullableString(ref PrincipalFilter);
        visitor.NullableString(ref HostFilter);
        visitor.Enum8(ref Operation);
        visitor.Enum8(ref PermissionType);
        visitor.NoTags();
    }
}

public sealed class DescribeAclsResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public string? ErrorMessage;
    public Resource[] Resources = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        visitor.NullableString(ref ErrorMessage);
        visitor.Structs(ref Resources);
        visitor.NoTags();
    }

    public struct Resource() : IWireStruct
    {
        public ResourceType ResourceType;
        public string ResourceName = "";
        public PatternType PatternType = PatternType.Literal;
        public Acl[] Acls = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Enum8(ref ResourceType);
            visitor.String(ref ResourceName);
            visitor.Enum8(ref PatternType);
            visitor.Structs(ref Acls);
            visitor.NoTags();
        }
    }

    public struct Acl() : IWireStruct
    {
        public string Principal = "";
        public string Host = "";
        public AclOperation Operation;
        public AclPermissionType PermissionType;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Principal);
            visitor.String(ref Host);
            visitor.Enum8(ref Operation);
            visitor.Enum8(ref PermissionType);
            visitor.NoTags();
        }
    }
}
