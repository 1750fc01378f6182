using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DeleteAcls, key 31: removes the ACLs that match filters.</summary>
/// <remarks>v2 flexible. v3 user resources.</remarks>
public sealed class DeleteAclsRequest : IRequest<DeleteAclsRequest, DeleteAclsResponse>
{
    public static ApiKey Key => ApiKey.DeleteAcls;

    public static ApiVersions Versions => new(Oldest: 1, Newest: 3, FlexibleFrom: 2);

    public Filter[] Filters = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Structs(ref Filters);
        visitor.NoTags();
    }

    public struct Filter() : IWireStruct
    {
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
}

public sealed class DeleteAclsResponse : IResponse
{
    public int ThrottleTimeMs;
    public FilterResult[] FilterResults = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref FilterResults);
        visitor.NoTags();
    }

    public struct FilterResult() : IWireStruct
    {
        public ErrorCode ErrorCode;
        public string? ErrorMessage;
        public MatchingAcl[] MatchingAcls = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            visitor.Structs(ref MatchingAcls);
            visitor.NoTags();
        }
    }

    public struct MatchingAcl() : IWireStruct
    {
        public ErrorCode ErrorCode;
        public string? ErrorMessage;
        public ResourceType ResourceType;
        public string ResourceName = "";
        public PatternType PatternType = PatternType.Literal;
        public string Principal = "";
        public string Host = "";
        public AclOperation Operation;
        public AclPermissionType PermissionType;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            visitor.Enum8(ref ResourceType);
            visitor.String(ref ResourceName);
            visitor.Enum8(ref PatternType);
            visitor.String(ref Principal);
            visitor.String(ref Host);
            visitor.Enum8(ref Operation);
            visitor.Enum8(ref PermissionType);
            visitor.NoTags();
        }
    }
}
