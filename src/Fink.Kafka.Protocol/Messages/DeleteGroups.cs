using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DeleteGroups, key 42: groups without members, with their offsets.</summary>
/// <remarks>v2 flexible.</remarks>
public sealed class DeleteGroupsRequest : IRequest<DeleteGroupsRequest, DeleteGroupsResponse>
{
    public static ApiKey Key => ApiKey.DeleteGroups;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 2, FlexibleFrom: 2);

    public string[] GroupsNames = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Strings(ref GroupsNames);
        visitor.NoTags();
    }
}

public sealed class DeleteGroupsResponse : IResponse
{
    public int ThrottleTimeMs;
    public Group[] Results = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Results);
        visitor.NoTags();
    }

    public struct Group() : IWireStruct
    {
        public string GroupId = "";
        public ErrorCode ErrorCode;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref GroupId);
            visitor.Error(ref ErrorCode);
            visitor.NoTags();
        }
    }
}
