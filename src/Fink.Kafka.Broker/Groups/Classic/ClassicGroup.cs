using Fink.Kafka.Broker.Groups.Rebalancing;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups.Classic;

/// <summary>
/// What a group is: members, leader, generation, protocol. It knows no clock and answers nobody; when it moves on is
/// decided in Rebalancing. Guarded by the coordinator's gate.
/// </summary>
internal sealed class ClassicGroup(string id, DateTimeOffset now)
{
    // In order of joining: the first is the leader, and the next one follows it.
    private readonly OrderedDictionary<string, GroupMember> _members = [];
    private readonly Dictionary<string, string> _staticIds = [];

    public string Id { get; } = id;

    public GroupState State { get; private set; } = GroupState.Empty;

    public GroupState PreviousState { get; private set; } = GroupState.Dead;

    public DateTimeOffset StateSince { get; private set; } = now;

    public int Generation { get; private set; }

    public string? LeaderId { get; private set; }

    /// <summary>Null for a group that only ever held offsets.</summary>
    public string? ProtocolType { get; private set; }

    public string? ProtocolName { get; private set; }

    public IReadOnlyList<GroupMember> Members => _members.Values;

    /// <summary>Ids that were handed out and have not come back, each with the time when it is forgotten.</summary>
    public Dictionary<string, Deadline> PendingMembers { get; } = [];

    /// <summary>Members of this generation that have not asked for their assignment.</summary>
    public HashSet<string> PendingSyncs { get; } = [];

    /// <summary>Whether someone joined since the initial delay was last extended.</summary>
    public bool MemberAddedDuringDelay { get; set; }

    public Deadline? JoinPhase { get; set; }

    public Deadline? SyncPhase { get; set; }

    public bool IsConsumerGroup => ProtocolType == ConsumerSubscription.ProtocolType;

    /// <summary>Ids that have not come back are waited for, but not by nobody: a group without members is empty at once.</summary>
    public bool AreAllMembersHere =>
        _members.Count == 0 || (PendingMembers.Count == 0 && Members.All(member => member.AwaitedJoin is not null));

    public TimeSpan RebalanceTimeout =>
        _members.Count == 0 ? TimeSpan.Zero : Members.Max(member => member.RebalanceTimeout);

    public GroupMember? Find(string memberId) => _members.GetValueOrDefault(memberId);

    public string? StaticMemberId(string instanceId) => _staticIds.GetValueOrDefault(instanceId);

    public bool IsLeader(string memberId) => LeaderId == memberId;

    /// <summary>None, or why this caller is not a member: unknown, or replaced by another under the same instance.</summary>
    public ErrorCode Validate(string memberId, string? instanceId)
    {
        if (instanceId is not null)
        {
            if (StaticMemberId(instanceId) is not { } current) return ErrorCode.UnknownMemberId;
            if (current != memberId) return ErrorCode.FencedInstanceId;
        }
        return _members.ContainsKey(memberId) ? ErrorCode.None : ErrorCode.UnknownMemberId;
    }

    /// <summary>Whether one with these protocols can agree with all who are there.</summary>
    public bool Accepts(string protocolType, IReadOnlyList<MemberProtocol> protocols)
    {
        if (State == GroupState.Empty) return protocolType.Length > 0 && protocols.Count > 0;
        return protocolType == ProtocolType
            && protocols.Any(protocol => Members.All(member => member.Supports(protocol.Name)));
    }

    public void Add(GroupMember member)
    {
        if (_members.Count == 0) ProtocolType = member.ProtocolType;
        if (member.InstanceId is { } instance) _staticIds.Add(instance, member.Id);
        _members.Add(member.Id, member);
        LeaderId ??= member.Id;
        ForgetPending(member.Id);
    }

    /// <summary>Removes a member, or an id that was handed out; whoever waits for it was answered before.</summary>
    public void Remove(string memberId)
    {
        ForgetPending(memberId);
        PendingSyncs.Remove(memberId);
        if (!_members.Remove(memberId, out var member)) return;
        member.Session?.Clear();
        if (member.InstanceId is { } instance) _staticIds.Remove(instance);
        if (IsLeader(memberId)) LeaderId = _members.Count > 0 ? Members[0].Id : null;
    }

    /// <summary>The same static member under a new id, in the same place: its client was started again.</summary>
    public GroupMember Replace(GroupMember old, string newId)
    {
        old.AnswerJoin(JoinResult.Failed(ErrorCode.FencedInstanceId, old.Id));
        old.AnswerSync(SyncResult.Failed(ErrorCode.FencedInstanceId));
        old.Session?.Clear();
        var member = new GroupMember
        {
            Id = newId,
            InstanceId = old.InstanceId,
            ClientId = old.ClientId,
            ClientHost = old.ClientHost,
            ProtocolType = old.ProtocolType,
            Assignment = old.Assignment,
        };
        member.Update(old.Protocols, old.SessionTimeout, old.RebalanceTimeout);
        var place = _members.IndexOf(old.Id);
        _members.RemoveAt(place);
        _members.Insert(place, newId, member);
        _staticIds[old.InstanceId!] = newId;
        PendingSyncs.Remove(old.Id);
        if (IsLeader(old.Id)) LeaderId = newId;
        return member;
    }

    /// <summary>A leader that did not come back is followed by one who did; false where nobody did.</summary>
    public bool ElectLeaderAmongJoined()
    {
        if (LeaderId is null) return false;
        if (Find(LeaderId)?.AwaitedJoin is not null) return true;
        if (Members.FirstOrDefault(member => member.AwaitedJoin is not null) is not { } joined) return false;
        LeaderId = joined.Id;
        return true;
    }

    public void BeginNextGeneration(DateTimeOffset at)
    {
        Generation++;
        PendingSyncs.Clear();
        ProtocolName = _members.Count == 0 ? null : ProtocolVote.Select(Members);
        MoveTo(_members.Count == 0 ? GroupState.Empty : GroupState.CompletingRebalance, at);
    }

    public void MoveTo(GroupState state, DateTimeOffset at)
    {
        PreviousState = State;
        State = state;
        StateSince = at;
    }

    /// <summary>As it was written down. A generation that was being formed is formed anew, under the next number.</summary>
    public void Restore(
        int generation, string? protocolType, string? protocolName, string? leaderId, GroupState state,
        IReadOnlyList<GroupMember> members)
    {
        foreach (var member in members) Add(member);
        Generation = generation;
        ProtocolType = protocolType;
        ProtocolName = protocolName;
        LeaderId = leaderId;
        PreviousState = State = members.Count == 0 ? GroupState.Empty
            : state == GroupState.Stable ? GroupState.Stable : GroupState.PreparingRebalance;
    }

    public IReadOnlyList<JoinedMember> JoinedMembers() =>
        [.. Members.Select(member => new JoinedMember(member.Id, member.InstanceId, member.MetadataFor(ProtocolName)))];

    /// <summary>Whether a member reads the topic; where the subscriptions cannot be read, all are taken for subscribed.</summary>
    public bool IsSubscribedTo(string topic)
    {
        if (!IsConsumerGroup || _members.Count == 0) return false;
        var topics = new HashSet<string>();
        return Members.Any(member => !ConsumerSubscription.TryAddTopics(member.MetadataFor(ProtocolName).Span, topics))
            || topics.Contains(topic);
    }

    /// <summary>What is due has happened when it returns, however late the timers are.</summary>
    public void MeetDeadlines()
    {
        foreach (var deadline in Deadlines()) deadline.MeetIfDue();
    }

    /// <summary>Nothing more happens to the group by itself.</summary>
    public void ClearDeadlines()
    {
        foreach (var deadline in Deadlines()) deadline.Clear();
    }

    private List<Deadline> Deadlines() =>
    [
        .. Members.Select(member => member.Session).Concat(PendingMembers.Values).Append(JoinPhase).Append(SyncPhase).OfType<Deadline>(),
    ];

    private void ForgetPending(string memberId)
    {
        if (PendingMembers.Remove(memberId, out var deadline)) deadline.Clear();
    }
}
