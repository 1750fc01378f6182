using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Journalling;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups.Rebalancing;

/// <summary>What a JoinGroup does to its group: a new member, one that comes back, or a static one under a new id.</summary>
internal sealed class Joining(GroupOptions options, GroupLog log, Rebalance rebalance)
{
    public void Join(ClassicGroup group, JoinRequest request, TaskCompletionSource<JoinResult> reply)
    {
        if (!HasRoomFor(group, request.MemberId) || !CanBeKeptWith(group, request))
        {
            if (group.Find(request.MemberId) is { } turnedAway) Rebalance.Remove(group, turnedAway);
            group.Remove(request.MemberId);
            rebalance.ResumeAfterRemoval(group);
            reply.TrySetResult(JoinResult.Failed(ErrorCode.GroupMaxSizeReached));
        }
        else if (!group.Accepts(request.ProtocolType, request.Protocols))
        {
            reply.TrySetResult(JoinResult.Failed(ErrorCode.InconsistentGroupProtocol, request.MemberId));
        }
        else if (request.MemberId.Length == 0)
        {
            JoinNew(group, request, reply);
        }
        else if (group.PendingMembers.ContainsKey(request.MemberId) && request.InstanceId is null)
        {
            Add(group, request, request.MemberId, reply);
        }
        else if (group.Validate(request.MemberId, request.InstanceId) is var error and not ErrorCode.None)
        {
            reply.TrySetResult(JoinResult.Failed(error, request.MemberId));
        }
        else
        {
            Rejoin(group, group.Find(request.MemberId)!, request, reply);
        }
    }

    /// <summary>
    /// The connection of a waiting member is gone. One that knows its id may come back within its session; one that
    /// does not can only come back as another.
    /// </summary>
    public void Abandon(ClassicGroup group, TaskCompletionSource<JoinResult> reply)
    {
        if (group.Members.FirstOrDefault(member => member.AwaitedJoin == reply) is not { } member) return;
        member.AwaitedJoin = null;
        if (member.CanReturn) rebalance.RenewSession(group, member);
        else Rebalance.Remove(group, member);
        rebalance.ResumeAfterRemoval(group);
    }

    private void JoinNew(ClassicGroup group, JoinRequest request, TaskCompletionSource<JoinResult> reply)
    {
        var memberId = $"{request.InstanceId ?? request.ClientId}-{Guid.NewGuid()}";
        if (request.InstanceId is { } instance && group.StaticMemberId(instance) is { } replaced)
        {
            JoinAgainAsStatic(group, group.Find(replaced)!, memberId, request, reply);
        }
        else if (request.InstanceId is null && request.NeedsKnownMemberId)
        {
            rebalance.AwaitPendingMember(group, memberId, request.SessionTimeout);
            reply.TrySetResult(JoinResult.Failed(ErrorCode.MemberIdRequired, memberId));
        }
        else
        {
            Add(group, request, memberId, reply);
        }
    }

    private void Add(
        ClassicGroup group, JoinRequest request, string memberId, TaskCompletionSource<JoinResult> reply)
    {
        var member = new GroupMember
        {
            Id = memberId,
            InstanceId = request.InstanceId,
            ClientId = request.ClientId,
            ClientHost = request.ClientHost,
            ProtocolType = request.ProtocolType,
            IsNew = true,
            KnewItsIdWhenNew = request.MemberId.Length > 0 || request.InstanceId is not null,
        };
        member.Update(request.Protocols, request.SessionTimeout, request.RebalanceTimeout);
        member.AwaitedJoin = reply;
        if (group.State == GroupState.PreparingRebalance && group.PreviousState == GroupState.Empty)
        {
            group.MemberAddedDuringDelay = true;
        }
        group.Add(member);
        rebalance.RenewSession(group, member, options.NewMemberJoinTimeout);
        rebalance.Demand(group);
    }

    private void Rejoin(
        ClassicGroup group, GroupMember member, JoinRequest request, TaskCompletionSource<JoinResult> reply)
    {
        var isUnchanged = member.Matches(request.Protocols);
        // A leader that rejoins a stable group has seen something that it alone can see, such as new partitions.
        if ((group.State == GroupState.CompletingRebalance && isUnchanged)
            || (group.State == GroupState.Stable && isUnchanged && !group.IsLeader(member.Id)))
        {
            reply.TrySetResult(Rebalance.GenerationOf(group, member));
            return;
        }
        Await(member, request, reply);
        rebalance.Demand(group);
    }

    private void JoinAgainAsStatic(
        ClassicGroup group, GroupMember replaced, string memberId, JoinRequest request,
        TaskCompletionSource<JoinResult> reply)
    {
        var formerLeader = group.LeaderId;
        var member = group.Replace(replaced, memberId);
        Await(member, request, reply);
        rebalance.RenewSession(group, member);
        if (group.State == GroupState.Stable && ProtocolVote.Select(group.Members) == group.ProtocolName)
        {
            member.AnswerJoin(KeepGeneration(group, member, formerLeader, request.MaySkipAssignment));
        }
        else if (group.State == GroupState.CompletingRebalance)
        {
            // The leader may be assigning to the old id, and the new one would get nothing.
            rebalance.Prepare(group);
        }
        else
        {
            rebalance.Demand(group);
        }
    }

    private JoinResult KeepGeneration(
        ClassicGroup group, GroupMember member, string? formerLeader, bool maySkipAssignment)
    {
        // Not kept, a restart would bring back the old id and fence this client off; it asks again.
        if (!log.TrySave(group, GroupState.Stable)) return JoinResult.Failed(ErrorCode.CoordinatorNotAvailable);
        var generation = Rebalance.GenerationOf(group, member);
        // A leader that cannot be told to skip is told of a leader that is not it, and takes the assignment it had.
        return maySkipAssignment
            ? generation with { SkipAssignment = group.IsLeader(member.Id) }
            : generation with { Leader = formerLeader ?? "", Members = [] };
    }

    private static void Await(GroupMember member, JoinRequest request, TaskCompletionSource<JoinResult> reply)
    {
        // The same member asks twice: it has given up on its first question.
        member.AnswerJoin(JoinResult.Failed(ErrorCode.RebalanceInProgress, member.Id));
        member.Update(request.Protocols, request.SessionTimeout, request.RebalanceTimeout);
        member.AwaitedJoin = reply;
    }

    /// <summary>A group that cannot be written down would form one generation after the other and assign nothing.</summary>
    private static bool CanBeKeptWith(ClassicGroup group, JoinRequest request)
    {
        var former = request.InstanceId is { } instance ? group.StaticMemberId(instance) ?? request.MemberId : request.MemberId;
        var others = group.Members.Sum(member => member.Id == former ? 0 : member.BytesWrittenDown);
        return others + GroupMember.MostBytesWrittenDown(request.ClientId, request.InstanceId, request.Protocols) <= GroupLog.MostBytesOfHalf;
    }

    /// <summary>While members are awaited those who wait count, so that the last to come are turned away.</summary>
    private bool HasRoomFor(ClassicGroup group, string memberId) => group.State switch
    {
        GroupState.PreparingRebalance =>
            group.Find(memberId)?.AwaitedJoin is not null
            || group.Members.Count(member => member.AwaitedJoin is not null) < options.MaxSize,
        GroupState.CompletingRebalance or GroupState.Stable =>
            group.Find(memberId) is not null || group.Members.Count < options.MaxSize,
        _ => true,
    };
}
