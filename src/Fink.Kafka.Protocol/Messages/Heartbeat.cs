using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>Heartbeat, key 12: a member is alive.</summary>
/// <remarks>v3 static members. v4 flexible.</remarks>
public sealed class HeartbeatRequest : IRequest<HeartbeatRequest, HeartbeatResponse>
{
    public static ApiKey Key => ApiKey.Heartbeat;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 4, FlexibleFrom: 4);

    public string GroupId = "";
    public int GenerationId;
    public string MemberId = "";
    public string? GroupInstanceId;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.String(ref GroupId);
        visitor.Int32(ref GenerationId);
        visitor.String(ref MemberId);
        if (visitor.Version >= 3) visitor.NullableString(ref GroupInstanceId);
        visitor.NoTags();
    }
}

public sealed class HeartbeatResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 1) visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        visitor.NoTags();
    }
}
