using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;
using static Fink.Kafka.Broker.Tests.Groups.GroupHarness;

namespace Fink.Kafka.Broker.Tests.Groups;

public sealed class StaticMemberTests
{
    [Fact]
    public async Task A_new_static_member_needs_no_known_id()
    {
        using var harness = new GroupHarness();
        var member = await harness.Join(Request(instance: "i") with { NeedsKnownMemberId = true });

        Assert.Equal(ErrorCode.None, member.Error);
        Assert.StartsWith("i-", member.MemberId);
        Assert.Equal("i", member.Members[0].InstanceId);
    }

    [Fact]
    public async Task A_leader_that_came_back_skips_the_assignment_and_keeps_its_generation()
    {
        using var harness = new GroupHarness();
        var (leader, follower) = await StablePair(harness);

        var again = await harness.Join(Request(instance: "a") with { MaySkipAssignment = true });

        Assert.Equal(leader.Generation, again.Generation);
        Assert.NotEqual(leader.MemberId, again.MemberId);
        Assert.Equal(again.MemberId, again.Leader);
        Assert.True(again.SkipAssignment);
        Assert.Equal(2, again.Members.Count);
        Assert.Equal("Stable", harness.State);
        Assert.Equal(ErrorCode.None, harness.Heartbeat(follower, "b"));
        Assert.Equal("for " + leader.MemberId, Text(await harness.Sync(again)));
    }

    [Fact]
    public async Task A_leader_of_an_older_version_that_came_back_is_told_of_another_leader()
    {
        using var harness = new GroupHarness();
        var (leader, _) = await StablePair(harness);

        var again = await harness.Join(Request(instance: "a"));

        Assert.Equal(leader.MemberId, again.Leader);
        Assert.False(again.SkipAssignment);
        Assert.Empty(again.Members);
        Assert.Equal("for " + leader.MemberId, Text(await harness.Sync(again)));
    }

    [Fact]
    public async Task A_follower_that_came_back_keeps_its_assignment()
    {
        using var harness = new GroupHarness();
        var (leader, follower) = await StablePair(harness);

        var again = await harness.Join(Request(instance: "b") with { MaySkipAssignment = true });

        Assert.Equal(leader.MemberId, again.Leader);
        Assert.False(again.SkipAssignment);
        Assert.Empty(again.Members);
        Assert.Equal("for " + follower.MemberId, Text(await harness.Sync(again)));
    }

    [Fact]
    public async Task A_stale_id_is_fenced_everywhere()
    {
        using var harness = new GroupHarness();
        var (_, follower) = await StablePair(harness);
        await harness.Join(Request(instance: "b"));
        var stale = new MemberIdentity(follower.MemberId, "b", follower.Generation);

        Assert.Equal(ErrorCode.FencedInstanceId, harness.Coordinator.Heartbeat(Group, stale));
        Assert.Equal(ErrorCode.FencedInstanceId, harness.Commit(stale, 1));
        Assert.Equal(ErrorCode.FencedInstanceId, (await harness.Join(Request(follower.MemberId, "b"))).Error);
        Assert.Equal(ErrorCode.FencedInstanceId,
            (await harness.Coordinator.SyncAsync(SyncOf(follower) with { Member = stale }, CancellationToken.None)).Error);
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Heartbeat(follower));
        Assert.Equal(ErrorCode.UnknownMemberId, (await harness.Join(Request("x", "unknown"))).Error);
    }

    [Fact]
    public async Task A_return_that_changes_the_protocol_rebalances()
    {
        using var harness = new GroupHarness();
        var first = await harness.Join(Request(instance: "a", protocols: ["range", "sticky"]));
        await harness.AllSync(first);

        var again = await harness.Join(Request(instance: "a", protocols: ["sticky", "range"]));

        Assert.Equal(first.Generation + 1, again.Generation);
        Assert.Equal("sticky", again.ProtocolName);
    }

    [Fact]
    public async Task A_return_before_the_assignment_rebalances()
    {
        using var harness = new GroupHarness();
        var first = await harness.Join(Request(instance: "a"));
        var waiting = harness.Coordinator.JoinAsync(Request(instance: "b"), CancellationToken.None);
        var leader = await harness.Join(Request(first.MemberId, "a"));
        var follower = await waiting;
        var sync = harness.Sync(follower);

        var again = harness.Join(Request(instance: "b"));
        Assert.Equal(ErrorCode.FencedInstanceId, (await sync).Error);
        Assert.Equal("PreparingRebalance", harness.State);
        await harness.Join(Request(leader.MemberId, "a"));

        Assert.Equal(leader.Generation + 1, (await again).Generation);
    }

    [Fact]
    public async Task A_return_while_members_are_awaited_fences_the_join_that_waits()
    {
        using var harness = new GroupHarness();
        var (leader, follower) = await StablePair(harness);
        var waiting = harness.Join(Request(leader.MemberId, "a"));

        var again = harness.Join(Request(instance: "a"));
        Assert.Equal(ErrorCode.FencedInstanceId, (await waiting).Error);
        await harness.Join(Request(follower.MemberId, "b"));

        Assert.Equal(leader.Generation + 1, (await again).Generation);
        Assert.Equal((await again).MemberId, (await again).Leader);
    }

    [Fact]
    public async Task A_static_member_that_does_not_rejoin_stays_until_its_session_ends()
    {
        using var harness = new GroupHarness();
        var (leader, follower) = await StablePair(harness);
        var slow = Request(leader.MemberId, "a") with { RebalanceTimeout = TimeSpan.FromSeconds(4), SessionTimeout = TimeSpan.FromSeconds(30) };
        var first = harness.Join(slow);
        await harness.Join(Request(follower.MemberId, "b") with { RebalanceTimeout = TimeSpan.FromSeconds(4), SessionTimeout = TimeSpan.FromSeconds(30) });
        await harness.AllSync(await first, new JoinResult { MemberId = follower.MemberId, Generation = (await first).Generation });

        // The follower is away while the leader rejoins: the next generation still has it.
        var next = harness.Join(slow);
        harness.Pass(4);

        Assert.Equal(2, (await next).Members.Count);
    }

    [Fact]
    public async Task A_static_member_goes_when_its_session_ends()
    {
        using var harness = new GroupHarness();
        await harness.AllSync(await harness.Join(Request(instance: "a")));
        harness.Pass(10);

        Assert.Equal("Empty", harness.State);
    }

    private static string Text(SyncResult sync) => System.Text.Encoding.UTF8.GetString(sync.Assignment.Span);

    private static async Task<(JoinResult Leader, JoinResult Follower)> StablePair(GroupHarness harness)
    {
        var first = await harness.Join(Request(instance: "a"));
        var second = harness.Join(Request(instance: "b"));
        var members = await harness.AllSync(await harness.Join(Request(first.MemberId, "a")), await second);
        return (members[0], members[1]);
    }
}
