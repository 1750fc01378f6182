using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>SyncGroup, key 14: the leader hands in the assignment, everyone fetches theirs.</summary>
/// <remarks>v3 static members. v4 flexible. v5 protocol type and name are checked.</remarks>
public sealed class SyncGroupRequest : IRequest<SyncGroupRequest, SyncGroupResponse>
{
    public static ApiKey Key => ApiKey.SyncGroup;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 5, FlexibleFrom: 4);

    public string GroupId = "";
    public int GenerationId;
    public string MemberId = "";
    public string? GroupInstanceId;
    public string? ProtocolType;
    public string? ProtocolName;
    public MemberAssignment[] Assignments = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.String(ref GroupId);
        visitor.Int32(ref GenerationId);
        visitor.String(ref MemberId);
        if (visitor.Version >= 3) visitor.NullableString(ref GroupInstanceId);
        if (visitor.Version >= 5) visitor.NullableString(ref ProtocolType);
        if (visitor.Version >= 5) visitor.NullableString(ref ProtocolName);
        visitor.Structs(ref Assignments);
        visitor.NoTags();
    }

    public struct MemberAssignment() : IWireStruct
    {
        public string MemberId = "";
        public ReadOnlyMemory<byte> Assignment;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref MemberId);
            visitor.Bytes(ref Assignment);
            visitor.NoTags();
        }
    }
}

public sealed class SyncGroupResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public string? ProtocolType;
    public string? ProtocolName;
    public ReadOnlyMemory<byte> Assignment;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 1) visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        if (visitor.Version >= 5) visitor.NullableString(ref ProtocolType);
        if (visitor.Version >= 5) visitor.NullableString(ref ProtocolName);
        visitor.Bytes(ref Assignment);
        visitor.NoTags();
    }
}
