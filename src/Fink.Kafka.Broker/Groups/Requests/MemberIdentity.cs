namespace Fink.Kafka.Broker.Groups.Requests;

/// <summary>Who says it is asking: a member of one generation.</summary>
/// <param name="MemberId">As given by the coordinator; empty for who is no member.</param>
/// <param name="InstanceId">group.instance.id of a static member.</param>
/// <param name="Generation">-1 for who is no member.</param>
internal readonly record struct MemberIdentity(string MemberId, string? InstanceId, int Generation)
{
    /// <summary>An admin, or a consumer that assigns itself its partitions.</summary>
    public static MemberIdentity None { get; } = new("", null, -1);
}
