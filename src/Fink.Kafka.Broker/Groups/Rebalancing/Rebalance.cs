using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Journalling;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups.Rebalancing;

/// <summary>
/// From one generation to the next: members are awaited (PreparingRebalance), told their generation, and its leader's
/// assignment is awaited (CompletingRebalance). Sessions are watched here too. All under the coordinator's gate.
/// </summary>
internal sealed class Rebalance(GroupOptions options, GroupLog log, Deadlines deadlines)
{
    /// <summary>Something changed that needs a new generation; where one is being formed already, perhaps it is complete.</summary>
    public void Demand(ClassicGroup group)
    {
        if (group.State == GroupState.PreparingRebalance) CompleteJoinsIfAllAreHere(group);
        else Prepare(group);
    }

    public void Prepare(ClassicGroup group)
    {
        if (group.State == GroupState.CompletingRebalance) FailSyncs(group, ErrorCode.RebalanceInProgress);
        group.PendingSyncs.Clear();
        group.SyncPhase?.Clear();
        var wasEmpty = group.State == GroupState.Empty;
        group.MoveTo(GroupState.PreparingRebalance, deadlines.Now);
        if (wasEmpty) DelayFirstGeneration(group, options.InitialRebalanceDelay, group.RebalanceTimeout);
        else if (group.AreAllMembersHere) CompleteJoins(group);
        else AwaitJoins(group, group.RebalanceTimeout, CompleteJoins);
    }

    /// <summary>The first generation of an empty group is formed by its delay alone, unless all have left before.</summary>
    public void CompleteJoinsIfAllAreHere(ClassicGroup group)
    {
        if (group.State != GroupState.PreparingRebalance) return;
        if (group.PreviousState == GroupState.Empty && group.Members.Count > 0) return;
        if (group.AreAllMembersHere) CompleteJoins(group);
    }

    /// <summary>Takes up what was under way when the broker stopped: sessions, and a generation half formed.</summary>
    public void Resume(ClassicGroup group)
    {
        foreach (var member in group.Members) RenewSession(group, member);
        if (group.State == GroupState.PreparingRebalance) AwaitJoins(group, group.RebalanceTimeout, CompleteJoins);
    }

    public void RenewSession(ClassicGroup group, GroupMember member) =>
        RenewSession(group, member, member.SessionTimeout);

    public void RenewSession(ClassicGroup group, GroupMember member, TimeSpan timeout)
    {
        member.Session ??= DeadlineOf(group, () => EndSession(group, member));
        member.Session.Set(timeout);
    }

    /// <summary>An id was handed out: it is waited for, one session long.</summary>
    public void AwaitPendingMember(ClassicGroup group, string memberId, TimeSpan sessionTimeout)
    {
        var deadline = DeadlineOf(group, () =>
        {
            group.Remove(memberId);
            ResumeAfterRemoval(group);
        });
        group.PendingMembers.Add(memberId, deadline);
        deadline.Set(sessionTimeout);
    }

    /// <summary>Answers whoever waits for the member, and removes it; what follows for the group is the caller's to do.</summary>
    public static void Remove(ClassicGroup group, GroupMember member)
    {
        member.AnswerJoin(JoinResult.Failed(ErrorCode.UnknownMemberId));
        member.AnswerSync(SyncResult.Failed(ErrorCode.UnknownMemberId));
        group.Remove(member.Id);
    }

    /// <summary>A member, or an id that was waited for, is gone.</summary>
    public void ResumeAfterRemoval(ClassicGroup group)
    {
        if (group.State == GroupState.PreparingRebalance) CompleteJoinsIfAllAreHere(group);
    }

    /// <summary>The leader's assignment is kept first and told then; where it cannot be kept, there is none.</summary>
    public void Assign(ClassicGroup group, IReadOnlyList<MemberAssignment> assignments)
    {
        if (assignments.Sum(assignment => (long)assignment.Assignment.Length) > GroupLog.MostBytesOfHalf)
        {
            // As Kafka says of a group that its offsets topic has no room for.
            FailSyncs(group, ErrorCode.UnknownServerError);
            Prepare(group);
            return;
        }
        foreach (var member in group.Members) member.Assignment = default;
        foreach (var assignment in assignments)
        {
            if (group.Find(assignment.MemberId) is { } member) member.Assignment = assignment.Assignment.ToArray();
        }
        if (!log.TrySave(group, GroupState.Stable))
        {
            FailSyncs(group, ErrorCode.CoordinatorNotAvailable);
            Prepare(group);
            return;
        }
        foreach (var member in group.Members) AnswerSync(group, member, AssignmentOf(group, member));
        group.MoveTo(GroupState.Stable, deadlines.Now);
    }

    public static SyncResult AssignmentOf(ClassicGroup group, GroupMember member) => new()
    {
        ProtocolType = group.ProtocolType,
        ProtocolName = group.ProtocolName,
        Assignment = member.Assignment,
    };

    public static JoinResult GenerationOf(ClassicGroup group, GroupMember member) => new()
    {
        Generation = group.Generation,
        ProtocolType = group.ProtocolType,
        ProtocolName = group.ProtocolName,
        Leader = group.LeaderId ?? "",
        MemberId = member.Id,
        Members = group.IsLeader(member.Id) ? group.JoinedMembers() : [],
    };

    private void FailSyncs(ClassicGroup group, ErrorCode error)
    {
        foreach (var member in group.Members)
        {
            member.Assignment = default;
            AnswerSync(group, member, SyncResult.Failed(error));
        }
    }

    private void AnswerSync(ClassicGroup group, GroupMember member, SyncResult result)
    {
        // While it waited, an expired session was overlooked; it counts anew from here.
        if (member.AnswerSync(result)) RenewSession(group, member);
    }

    private void AwaitJoins(ClassicGroup group, TimeSpan timeout, Action<ClassicGroup> then)
    {
        group.JoinPhase?.Clear();
        group.JoinPhase = DeadlineOf(group, () => then(group));
        group.JoinPhase.Set(timeout);
    }

    /// <summary>Each round in which somebody came adds another, up to the members' rebalance timeout.</summary>
    private void DelayFirstGeneration(ClassicGroup group, TimeSpan delay, TimeSpan remaining)
    {
        group.MemberAddedDuringDelay = false;
        if (delay <= TimeSpan.Zero)
        {
            CompleteJoins(group);
            return;
        }
        var left = remaining > delay ? remaining - delay : TimeSpan.Zero;
        AwaitJoins(group, delay, _ =>
        {
            if (group.MemberAddedDuringDelay && left > TimeSpan.Zero)
            {
                var next = left < options.InitialRebalanceDelay ? left : options.InitialRebalanceDelay;
                DelayFirstGeneration(group, next, left);
            }
            else
            {
                CompleteJoins(group);
            }
        });
    }

    private void CompleteJoins(ClassicGroup group)
    {
        group.JoinPhase?.Clear();
        foreach (var absent in group.Members.Where(member => member.AwaitedJoin is null && !member.IsStatic).ToList())
        {
            Remove(group, absent);
        }
        if (group.Members.Count > 0 && !group.ElectLeaderAmongJoined())
        {
            // Static members alone, none of them back: their sessions will tell.
            AwaitJoins(group, group.RebalanceTimeout, CompleteJoins);
            return;
        }
        group.BeginNextGeneration(deadlines.Now);
        // Best effort, and reported there: what must be kept before anyone acts on it is the assignment.
        log.TrySave(group, group.State);
        if (group.State == GroupState.Empty) return;
        foreach (var member in group.Members)
        {
            member.AnswerJoin(GenerationOf(group, member));
            member.IsNew = false;
            RenewSession(group, member);
            group.PendingSyncs.Add(member.Id);
        }
        group.SyncPhase ??= DeadlineOf(group, () => GiveUpSyncs(group));
        group.SyncPhase.Set(group.RebalanceTimeout);
    }

    private void GiveUpSyncs(ClassicGroup group)
    {
        if (group.PendingSyncs.Count == 0) return;
        foreach (var silent in group.PendingSyncs.Select(group.Find).OfType<GroupMember>().ToList())
        {
            Remove(group, silent);
        }
        Prepare(group);
    }

    private Deadline DeadlineOf(ClassicGroup group, Action onDue) => deadlines.New($"group {group.Id}", onDue, () => Reset(group));

    /// <summary>Nobody knows how far what was under way has come: all are sent away and join anew. The group's offsets stay.</summary>
    private void Reset(ClassicGroup group)
    {
        group.ClearDeadlines();
        foreach (var member in group.Members.ToList()) Remove(group, member);
        foreach (var pending in group.PendingMembers.Keys.ToList()) group.Remove(pending);
        group.BeginNextGeneration(deadlines.Now);
    }

    private void EndSession(ClassicGroup group, GroupMember member)
    {
        if (group.Find(member.Id) != member || member.IsKeptAliveByWaiting) return;
        Remove(group, member);
        if (group.State is GroupState.Stable or GroupState.CompletingRebalance) Prepare(group);
        else ResumeAfterRemoval(group);
    }
}
