using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups.Rebalancing;

/// <summary>What a LeaveGroup does: members go, and those who stay form a new generation once.</summary>
internal sealed class Leaving(Rebalance rebalance)
{
    public IReadOnlyList<LeftMember> Leave(ClassicGroup group, IReadOnlyList<LeavingMember> members)
    {
        var left = members
            .Select(member => new LeftMember(member.MemberId, member.InstanceId, Leave(group, member)))
            .ToList();
        if (left.Exists(member => member.Error == ErrorCode.None))
        {
            if (group.State is GroupState.Stable or GroupState.CompletingRebalance) rebalance.Prepare(group);
            else rebalance.ResumeAfterRemoval(group);
        }
        return left;
    }

    private static ErrorCode Leave(ClassicGroup group, LeavingMember leaving)
    {
        if (group.PendingMembers.ContainsKey(leaving.MemberId))
        {
            group.Remove(leaving.MemberId);
            return ErrorCode.None;
        }
        // An admin names a static member by its instance alone.
        var memberId = leaving.MemberId.Length == 0 && leaving.InstanceId is { } instance
            ? group.StaticMemberId(instance) ?? ""
            : leaving.MemberId;
        var error = group.Validate(memberId, leaving.InstanceId);
        if (error == ErrorCode.None) Rebalance.Remove(group, group.Find(memberId)!);
        return error;
    }
}
