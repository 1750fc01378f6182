using System.Text;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;
using static Fink.Kafka.Broker.Tests.Groups.GroupHarness;

namespace Fink.Kafka.Broker.Tests.Groups;

public sealed class SyncingTests
{
    [Fact]
    public async Task The_leaders_assignment_answers_all()
    {
        using var harness = new GroupHarness();
        var (leader, follower) = await TwoJoined(harness);
        var waiting = harness.Sync(follower);
        Assert.False(waiting.IsCompleted);

        var led = await harness.Sync(leader, (leader.MemberId, "left"), (follower.MemberId, "right"));

        Assert.Equal("left", Encoding.UTF8.GetString(led.Assignment.Span));
        Assert.Equal("right", Encoding.UTF8.GetString((await waiting).Assignment.Span));
        Assert.Equal("range", led.ProtocolName);
        Assert.Equal("consumer", led.ProtocolType);
        Assert.Equal("Stable", harness.State);
    }

    [Fact]
    public async Task A_member_that_the_leader_forgot_gets_an_empty_assignment()
    {
        using var harness = new GroupHarness();
        var (leader, follower) = await TwoJoined(harness);
        await harness.Sync(leader, (leader.MemberId, "all"), ("nobody", "nothing"));

        var sync = await harness.Sync(follower);
        Assert.Equal(ErrorCode.None, sync.Error);
        Assert.True(sync.Assignment.IsEmpty);
    }

    [Fact]
    public async Task A_member_that_the_leader_forgot_does_not_keep_what_it_had()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        var rejoin = harness.Join(Request(members[0].MemberId));
        var follower = await harness.Join(Request(members[1].MemberId));
        await harness.Sync(await rejoin, (members[0].MemberId, "all"));

        Assert.True((await harness.Sync(follower)).Assignment.IsEmpty);
    }

    [Fact]
    public async Task A_member_that_leaves_before_the_assignment_makes_the_others_rebalance()
    {
        using var harness = new GroupHarness();
        var (leader, follower) = await TwoJoined(harness);
        var waiting = harness.Sync(follower);
        harness.Leave(leader.MemberId);

        Assert.True(waiting.IsCompleted);
        Assert.Equal(ErrorCode.RebalanceInProgress, (await waiting).Error);
    }

    [Fact]
    public async Task Wrong_identities_are_refused()
    {
        using var harness = new GroupHarness();
        var member = (await harness.StableGroup(1))[0];

        Assert.Equal(ErrorCode.UnknownMemberId, (await harness.Sync(member with { MemberId = "other" })).Error);
        Assert.Equal(ErrorCode.IllegalGeneration, (await harness.Sync(member with { Generation = 7 })).Error);
        Assert.Equal(ErrorCode.InconsistentGroupProtocol, (await Sync(harness, SyncOf(member) with { ProtocolName = "x" })).Error);
        Assert.Equal(ErrorCode.InconsistentGroupProtocol, (await Sync(harness, SyncOf(member) with { ProtocolType = "x" })).Error);
        Assert.Equal(ErrorCode.UnknownMemberId, (await Sync(harness, SyncOf(member) with { GroupId = "other" })).Error);
        Assert.Equal(ErrorCode.InvalidGroupId, (await Sync(harness, SyncOf(member) with { GroupId = "" })).Error);
    }

    [Fact]
    public async Task While_members_are_awaited_a_sync_is_told_to_join()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        _ = harness.Join(Request(members[0].MemberId));

        Assert.Equal(ErrorCode.RebalanceInProgress, (await harness.Sync(members[1])).Error);
    }

    [Fact]
    public async Task Who_waits_for_an_assignment_is_told_when_the_next_rebalance_begins()
    {
        using var harness = new GroupHarness();
        var (_, follower) = await TwoJoined(harness);
        var waiting = harness.Sync(follower);
        _ = harness.Join(Request());

        Assert.True(waiting.IsCompleted);
        Assert.Equal(ErrorCode.RebalanceInProgress, (await waiting).Error);
    }

    [Fact]
    public async Task A_leader_that_never_assigns_is_given_up_at_the_rebalance_timeout()
    {
        using var harness = new GroupHarness();
        var (leader, follower) = await TwoJoined(harness);
        var waiting = harness.Sync(follower);
        for (var second = 0; second < 60; second += 5)
        {
            Assert.Equal(ErrorCode.None, harness.Heartbeat(leader));
            Assert.False(waiting.IsCompleted);
            harness.Pass(5);
        }

        Assert.Equal(ErrorCode.RebalanceInProgress, (await waiting).Error);
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Heartbeat(leader));
        Assert.Equal(follower.MemberId, (await harness.Join(Request(follower.MemberId))).Leader);
    }

    [Fact]
    public async Task A_follower_that_never_asks_for_its_assignment_is_given_up_too()
    {
        using var harness = new GroupHarness();
        var (leader, follower) = await TwoJoined(harness);
        await harness.Sync(leader, (leader.MemberId, "all"));
        for (var second = 0; second < 60; second += 5)
        {
            Assert.Equal(ErrorCode.None, harness.Heartbeat(leader));
            Assert.Equal(ErrorCode.None, harness.Heartbeat(follower));
            harness.Pass(5);
        }

        Assert.Equal(ErrorCode.UnknownMemberId, harness.Heartbeat(follower));
        Assert.Equal(ErrorCode.RebalanceInProgress, harness.Heartbeat(leader));
    }

    [Fact]
    public async Task A_waiting_sync_keeps_its_member_alive_beyond_its_session()
    {
        using var harness = new GroupHarness();
        var (leader, follower) = await TwoJoined(harness);
        var waiting = harness.Sync(follower);
        for (var second = 0; second < 30; second += 5)
        {
            harness.Heartbeat(leader);
            harness.Pass(5);
        }
        await harness.Sync(leader, (follower.MemberId, "all"));

        Assert.Equal(ErrorCode.None, (await waiting).Error);
        harness.Pass(9);
        Assert.Equal(ErrorCode.None, harness.Heartbeat(follower));
    }

    [Fact]
    public async Task A_sync_whose_connection_went_leaves_its_member_to_its_session()
    {
        using var harness = new GroupHarness();
        var (leader, follower) = await TwoJoined(harness);
        using var connection = new CancellationTokenSource();
        var abandoned = harness.Coordinator.SyncAsync(SyncOf(follower), connection.Token);
        await connection.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        harness.Pass(6);
        harness.Heartbeat(leader);
        harness.Pass(6);

        Assert.Equal(ErrorCode.UnknownMemberId, harness.Heartbeat(follower));
    }

    private static Task<SyncResult> Sync(GroupHarness harness, SyncRequest request) =>
        harness.Coordinator.SyncAsync(request, CancellationToken.None);

    private static async Task<(JoinResult Leader, JoinResult Follower)> TwoJoined(GroupHarness harness)
    {
        var first = await harness.Join(Request());
        var second = harness.Join(Request());
        var again = await harness.Join(Request(first.MemberId));
        return (again, await second);
    }
}
