using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups.Requests;

/// <summary>A member that leaves; an admin names a static member by its instance alone.</summary>
internal readonly record struct LeavingMember(string MemberId, string? InstanceId);

internal readonly record struct LeftMember(string MemberId, string? InstanceId, ErrorCode Error);

/// <summary>Versions 0 to 2 have one member, whose error is the answer's.</summary>
internal sealed record LeaveResult(ErrorCode Error, IReadOnlyList<LeftMember> Members);
