using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>ListGroups, key 16: the groups of this broker.</summary>
/// <remarks>v3 flexible. v4 filter by state. v5 filter by type.</remarks>
public sealed class ListGroupsRequest : IRequest<ListGroupsRequest, ListGroupsResponse>
{
    public static ApiKey Key => ApiKey.ListGroups;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 5, FlexibleFrom: 3);

    public string[] StatesFilter = [];
    public string[] TypesFilter = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 4) visitor.Strings(ref StatesFilter);
        if (visitor.Version >= 5) visitor.Strings(ref TypesFilter);
        visitor.NoTags();
    }
}

public sealed class ListGroupsResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public Group[] Groups = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 1) visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        visitor.Structs(ref Groups);
        visitor.NoTags();
    }

    public struct Group() : IWireStruct
    {
        public string GroupId = "";
        public string ProtocolType = "";
        public string GroupState = "";
        public string GroupType = "";

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref GroupId);
            visitor.String(ref ProtocolType);
            if (visitor.Version >= 4) visitor.String(ref GroupState);
            if (visitor.Version >= 5) visitor.String(ref GroupType);
            visitor.NoTags();
        }
    }
}
