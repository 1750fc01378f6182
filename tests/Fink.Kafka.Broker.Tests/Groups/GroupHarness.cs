using System.Text;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Tests.Storage.Journals;
using Fink.Kafka.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Groups;

/// <summary>
/// A coordinator over virtual time and a journal in memory. Without a token to watch, the coordinator completes its
/// tasks before it returns: whether one waits is a fact and not a race.
/// </summary>
internal sealed class GroupHarness : IDisposable
{
    public const string Group = "g";

    public GroupHarness(GroupOptions? options = null, MemoryJournal? journal = null, FakeTimeProvider? clock = null)
    {
        Options = options ?? new GroupOptions { InitialRebalanceDelay = TimeSpan.Zero };
        Journal = journal ?? new MemoryJournal();
        Clock = clock ?? new FakeTimeProvider();
        Coordinator = new GroupCoordinator(Journal, Options, Clock, new Logger<GroupCoordinator>(Log));
    }

    public GroupOptions Options { get; }

    public MemoryJournal Journal { get; }

    public FakeTimeProvider Clock { get; }

    public TestLog Log { get; } = new();

    public GroupCoordinator Coordinator { get; }

    public string State => Coordinator.Administration.Describe(Group).State;

    /// <summary>Lets time pass in steps: a timer that is set anew by another must see the time at which that one was due.</summary>
    public void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++) Clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>Another coordinator over what this one has written, as after kill -9.</summary>
    public GroupHarness Restart() => new(Options, Journal.Copy(), Clock);

    public static JoinRequest Request(
        string memberId = "", string? instance = null, string[]? protocols = null, string metadata = "m") => new()
        {
            GroupId = Group,
            MemberId = memberId,
            InstanceId = instance,
            ClientId = "c",
            ClientHost = "/127.0.0.1",
            SessionTimeout = TimeSpan.FromSeconds(10),
            RebalanceTimeout = TimeSpan.FromSeconds(60),
            ProtocolType = "consumer",
            Protocols = [.. (protocols ?? ["range"]).Select(name => new MemberProtocol(name, Encoding.UTF8.GetBytes(metadata)))],
        };

    public Task<JoinResult> Join(JoinRequest request) => Coordinator.JoinAsync(request, CancellationToken.None);

    public Task<SyncResult> Sync(JoinResult member, params (string Member, string Assignment)[] assignments) =>
        Coordinator.SyncAsync(SyncOf(member, assignments), CancellationToken.None);

    public static SyncRequest SyncOf(JoinResult member, params (string Member, string Assignment)[] assignments) => new()
    {
        GroupId = Group,
        Member = new MemberIdentity(member.MemberId, null, member.Generation),
        Assignments = [.. assignments.Select(a => new MemberAssignment(a.Member, Encoding.UTF8.GetBytes(a.Assignment)))],
    };

    public ErrorCode Heartbeat(JoinResult member, string? instance = null) =>
        Coordinator.Heartbeat(Group, new MemberIdentity(member.MemberId, instance, member.Generation));

    public ErrorCode Leave(string memberId, string? instance = null) =>
        Coordinator.Leave(Group, [new LeavingMember(memberId, instance)]).Members[0].Error;

    public ErrorCode Commit(
        MemberIdentity member, long offset, string topic = "t", string? metadata = null, long retentionMs = -1,
        string group = Group) =>
        Coordinator.Offsets.Commit(new OffsetCommit
        {
            GroupId = group,
            Member = member,
            RetentionMs = retentionMs,
            Offsets = [new OffsetToCommit(new TopicPartition(topic, 0), offset, 5, metadata)],
        })[0].Error;

    public FetchedOffset Fetch(string topic = "t", string group = Group, bool requireStable = false) =>
        Coordinator.Offsets.Fetch(group, [new TopicPartition(topic, 0)], requireStable)[0];

    /// <summary>A stable group of so many dynamic members, the leader first.</summary>
    public async Task<IReadOnlyList<JoinResult>> StableGroup(int count, string metadata = "m")
    {
        var ids = new List<string>();
        var joins = new List<Task<JoinResult>>();
        for (var i = 0; i < count; i++)
        {
            joins.Add(Join(Request(metadata: metadata)));
            // Those who are in already come back for the newcomer's generation.
            for (var j = 0; j < i; j++) joins[j] = Join(Request(ids[j], metadata: metadata));
            ids.Add((await joins[i]).MemberId);
        }
        return await AllSync(await Task.WhenAll(joins));
    }

    public async Task<IReadOnlyList<JoinResult>> AllSync(params JoinResult[] members)
    {
        var leader = members.Single(member => member.Leader == member.MemberId);
        var followers = members.Where(member => member != leader).Select(member => Sync(member)).ToList();
        var assignments = members.Select(member => (member.MemberId, "for " + member.MemberId)).ToArray();
        Assert.Equal(ErrorCode.None, (await Sync(leader, assignments)).Error);
        foreach (var sync in followers) Assert.Equal(ErrorCode.None, (await sync).Error);
        return members;
    }

    public static MemberIdentity IdentityOf(JoinResult member) => new(member.MemberId, null, member.Generation);

    public void Dispose() => Coordinator.Dispose();
}
