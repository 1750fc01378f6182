using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups.Requests;

/// <summary>A member asks for its assignment; the leader brings everyone's.</summary>
internal sealed record SyncRequest
{
    public required string GroupId { get; init; }

    public required MemberIdentity Member { get; init; }

    /// <summary>From version 5; when given it must be the group's.</summary>
    public string? ProtocolType { get; init; }

    /// <summary>From version 5; when given it must be the group's.</summary>
    public string? ProtocolName { get; init; }

    public IReadOnlyList<MemberAssignment> Assignments { get; init; } = [];
}

internal readonly record struct MemberAssignment(string MemberId, ReadOnlyMemory<byte> Assignment);

internal sealed record SyncResult
{
    public ErrorCode Error { get; init; }

    public string? ProtocolType { get; init; }

    public string? ProtocolName { get; init; }

    /// <summary>Empty, never absent, for a member that the leader forgot.</summary>
    public ReadOnlyMemory<byte> Assignment { get; init; }

    public static SyncResult Failed(ErrorCode error) => new() { Error = error };
}
