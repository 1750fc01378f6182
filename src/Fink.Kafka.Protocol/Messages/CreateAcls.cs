using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>CreateAcls, key 30: new ACLs.</summary>
/// <remarks>v2 flexible. v3 user resources.</remarks>
public sealed class CreateAclsRequest : IRequest<CreateAclsRequest, CreateAclsResponse>
{
    public static ApiKey Key => ApiKey.CreateAcls;

    public static ApiVersions Versions => new(Oldest: 1, Newest: 3, FlexibleFrom: 2);

    public Acl[] Creations = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Structs(ref Creations);
        visitor.NoTags();
    }

    public struct Acl() : IWireStruct
    {
        public ResourceType ResourceType;
        public string ResourceName = "";
        public PatternType ResourcePatternType = PatternType.Literal;
        public string Principal = "";
        public string Host = "";
        public AclOperation Operation;
        public AclPermissionType PermissionType;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Enum8(ref ResourceType);
            visitor.String(ref ResourceName);
            visitor.Enum8(ref ResourcePatternType);
            visitor.String(ref Principal);
            visitor.String(ref Host);
            visitor.Enum8(ref Operation);
            visitor.Enum8(ref PermissionType);
            visitor.NoTags();
        }
    }
}

public sealed class CreateAclsResponse : IResponse
{
    public int ThrottleTimeMs;
    public Result[] Results = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Results);
        visitor.NoTags();
    }

    public struct Result() : IWireStruct
    {
        public ErrorCode ErrorCode;
        public string? ErrorMessage;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            visitor.NoTags();
        }
    }
}
