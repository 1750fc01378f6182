using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups.Rebalancing;

/// <summary>What a SyncGroup does: the leader's completes the generation, the others' wait for it.</summary>
internal sealed class Syncing(Rebalance rebalance)
{
    public void Sync(ClassicGroup group, SyncRequest request, TaskCompletionSource<SyncResult> reply)
    {
        if (Validate(group, request) is var error and not ErrorCode.None)
        {
            reply.TrySetResult(SyncResult.Failed(error));
            return;
        }
        var member = group.Find(request.Member.MemberId)!;
        group.PendingSyncs.Remove(member.Id);
        if (group.State == GroupState.Stable)
        {
            rebalance.RenewSession(group, member);
            reply.TrySetResult(Rebalance.AssignmentOf(group, member));
            return;
        }
        // The same member asks twice: it has given up on its first question.
        member.AnswerSync(SyncResult.Failed(ErrorCode.RebalanceInProgress));
        member.AwaitedSync = reply;
        if (group.IsLeader(member.Id)) rebalance.Assign(group, request.Assignments);
    }

    /// <summary>The connection of a member that waits for its assignment is gone; it may come back within its session.</summary>
    public void Abandon(ClassicGroup group, TaskCompletionSource<SyncResult> reply)
    {
        if (group.Members.FirstOrDefault(member => member.AwaitedSync == reply) is not { } member) return;
        member.AwaitedSync = null;
        rebalance.RenewSession(group, member);
    }

    private static ErrorCode Validate(ClassicGroup group, SyncRequest request)
    {
        var error = group.Validate(request.Member.MemberId, request.Member.InstanceId);
        if (error != ErrorCode.None) return error;
        if (request.Member.Generation != group.Generation) return ErrorCode.IllegalGeneration;
        if (IsOther(request.ProtocolType, group.ProtocolType)) return ErrorCode.InconsistentGroupProtocol;
        if (IsOther(request.ProtocolName, group.ProtocolName)) return ErrorCode.InconsistentGroupProtocol;
        return group.State == GroupState.PreparingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
    }

    private static bool IsOther(string? given, string? own) => given is not null && own is not null && given != own;
}
