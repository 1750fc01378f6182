using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DescribeGroups, key 15: state, members and assignments of groups.</summary>
/// <remarks>v3 authorized operations. v4 static members. v5 flexible.</remarks>
public sealed class DescribeGroupsRequest : IRequest<DescribeGroupsRequest, DescribeGroupsResponse>
{
    public static ApiKey Key => ApiKey.DescribeGroups;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 5, FlexibleFrom: 5);

    public string[] Groups = [];
    public bool IncludeAuthorizedOperations;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Strings(ref Groups);
        if (visitor.Version >= 3) visitor.Bool(ref IncludeAuthorizedOperations);
        visitor.NoTags();
    }
}

/// <summary>A group that does not exist is Dead, without error.</summary>
public sealed class DescribeGroupsResponse : IResponse
{
    public int ThrottleTimeMs;
    public Group[] Groups = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 1) visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Groups);
        visitor.NoTags();
    }

    public struct Group() : IWireStruct
    {
        public ErrorCode ErrorCode;
        public string GroupId = "";
        public string GroupState = "";
        public string ProtocolType = "";
        public string ProtocolData = "";
        public Member[] Members = [];
        public int AuthorizedOperations = int.MinValue;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.String(ref GroupId);
            visitor.String(ref GroupState);
            visitor.String(ref ProtocolType);
            visitor.String(ref ProtocolData);
            visitor.Structs(ref Members);
            if (visitor.Version >= 3) visitor.Int32(ref AuthorizedOperations);
            visitor.NoTags();
        }
    }

    public struct Member() : IWireStruct
    {
        public string MemberId = "";
        public string? GroupInstanceId;
        public string ClientId = "";
        public string ClientHost = "";
        public ReadOnlyMemory<byte> MemberMetadata;
        public ReadOnlyMemory<byte> MemberAssignment;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref MemberId);
            if (visitor.Version >= 4) visitor.NullableString(ref GroupInstanceId);
            visitor.String(ref ClientId);
            visitor.String(ref ClientHost);
            visitor.Bytes(ref MemberMetadata);
            visitor.Bytes(ref MemberAssignment);
            visitor.NoTags();
        }
    }
}
