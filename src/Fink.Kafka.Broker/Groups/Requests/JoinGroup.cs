using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups.Requests;

/// <summary>One way of assigning that a member offers, with what the leader must know of the member for it.</summary>
internal readonly record struct MemberProtocol(string Name, ReadOnlyMemory<byte> Metadata);

/// <summary>A client asks to be a member of a group. The bytes are copied where they are kept.</summary>
internal sealed record JoinRequest
{
    public required string GroupId { get; init; }

    /// <summary>Empty for a client that was not yet given one.</summary>
    public string MemberId { get; init; } = "";

    /// <summary>group.instance.id of a static member.</summary>
    public string? InstanceId { get; init; }

    public string ClientId { get; init; } = "";

    public string ClientHost { get; init; } = "";

    public required TimeSpan SessionTimeout { get; init; }

    /// <summary>How long a rebalance waits for the member; version 0 has none and means the session timeout.</summary>
    public required TimeSpan RebalanceTimeout { get; init; }

    public required string ProtocolType { get; init; }

    public required IReadOnlyList<MemberProtocol> Protocols { get; init; }

    /// <summary>From version 4: a new dynamic member is told its id first and joins with it.</summary>
    public bool NeedsKnownMemberId { get; init; }

    /// <summary>From version 9: a leader that came back can be told to assign nothing.</summary>
    public bool MaySkipAssignment { get; init; }
}

/// <summary>Members are listed for the leader only.</summary>
internal sealed record JoinResult
{
    public ErrorCode Error { get; init; }

    public int Generation { get; init; } = -1;

    public string? ProtocolType { get; init; }

    public string? ProtocolName { get; init; }

    public string Leader { get; init; } = "";

    public string MemberId { get; init; } = "";

    public bool SkipAssignment { get; init; }

    public IReadOnlyList<JoinedMember> Members { get; init; } = [];

    public static JoinResult Failed(ErrorCode error, string memberId = "") =>
        new() { Error = error, MemberId = memberId };
}

internal readonly record struct JoinedMember(string MemberId, string? InstanceId, ReadOnlyMemory<byte> Metadata);
