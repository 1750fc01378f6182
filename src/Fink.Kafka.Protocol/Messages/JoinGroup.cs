using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>JoinGroup, key 11: a member enters a group, or stays for its next generation; waits for the others.</summary>
/// <remarks>
/// v1 rebalance timeout. v4 a member without an id is given one and asked to join again. v5 static members. v6 flexible.
/// v7 protocol type in the answer. v8 reason. v9 the leader can be told to assign nothing.
/// </remarks>
public sealed class JoinGroupRequest : IRequest<JoinGroupRequest, JoinGroupResponse>
{
    public static ApiKey Key => ApiKey.JoinGroup;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 9, FlexibleFrom: 6);

    public string GroupId = "";
    public int SessionTimeoutMs;
    public int RebalanceTimeoutMs = -1;
    public string MemberId = "";
    public string? GroupInstanceId;
    public string ProtocolType = "";
    public Protocol[] Protocols = [];
    public string? Reason;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.String(ref GroupId);
        visitor.Int32(ref SessionTimeoutMs);
        if (visitor.Version >= 1) visitor.Int32(ref RebalanceTimeoutMs);
        visitor.String(ref MemberId);
        if (visitor.Version >= 5) visitor.NullableString(ref GroupInstanceId);
        visitor.String(ref ProtocolType);
        visitor.Structs(ref Protocols);
        if (visitor.Version >= 8) visitor.NullableString(ref Reason);
        visitor.NoTags();
    }

    public struct Protocol() : IWireStruct
    {
        public string Name = "";
        public ReadOnlyMemory<byte> Metadata;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Bytes(ref Metadata);
            visitor.NoTags();
        }
    }
}

/// <summary>Members are listed for the leader only.</summary>
public sealed class JoinGroupResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public int GenerationId = -1;
    public string? ProtocolType;
    public string? ProtocolName;
    public string Leader = "";
    public bool SkipAssignment;
    public string MemberId = "";
    public Member[] Members = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 2) visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        visitor.Int32(ref GenerationId);
        if (visitor.Version >= 7) visitor.NullableString(ref ProtocolType);
        visitor.NullableString(ref ProtocolName, nullableFrom: 7);
        visitor.String(ref Leader);
        if (visitor.Version >= 9) visitor.Bool(ref SkipAssignment);
        visitor.String(ref MemberId);
        visitor.Structs(ref Members);
        visitor.NoTags();
    }

    public struct Member() : IWireStruct
    {
        public string MemberId = "";
        public string? GroupInstanceId;
        public ReadOnlyMemory<byte> Metadata;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref MemberId);
            if (visitor.Version >= 5) visitor.NullableString(ref GroupInstanceId);
            visitor.Bytes(ref Metadata);
            visitor.NoTags();
        }
    }
}
