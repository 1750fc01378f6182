using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>LeaveGroup, key 13: members leave a group.</summary>
/// <remarks>v3 several members, static ones by their instance id. v4 flexible. v5 reason.</remarks>
public sealed class LeaveGroupRequest : IRequest<LeaveGroupRequest, LeaveGroupResponse>
{
    public static ApiKey Key => ApiKey.LeaveGroup;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 5, FlexibleFrom: 4);

    public string GroupId = "";
    public string MemberId = "";
    public Member[] Members = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.String(ref GroupId);
        if (visitor.Version <= 2) visitor.String(ref MemberId);
        if (visitor.Version >= 3) visitor.Structs(ref Members);
        visitor.NoTags();
    }

    public struct Member() : IWireStruct
    {
        public string MemberId = "";
        public string? GroupInstanceId;
        public string? Reason;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref MemberId);
            visitor.NullableString(ref GroupInstanceId);
            if (visitor.Version >= 5) visitor.NullableString(ref Reason);
            visitor.NoTags();
        }
    }
}

public sealed class LeaveGroupResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public Member[] Members = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 1) visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        if (visitor.Version >= 3) visitor.Structs(ref Members);
        visitor.NoTags();
    }

    public struct Member() : IWireStruct
    {
        public string MemberId = "";
        public string? GroupInstanceId;
        public ErrorCode ErrorCode;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref MemberId);
            visitor.NullableString(ref GroupInstanceId);
            visitor.Error(ref ErrorCode);
            visitor.NoTags();
        }
    }
}
