using System.Text;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Protocol;
using static Fink.Kafka.Broker.Tests.Groups.GroupHarness;

namespace Fink.Kafka.Broker.Tests.Groups;

public sealed class RebalanceTests
{
    [Fact]
    public async Task The_first_generation_waits_for_more_members_while_they_come()
    {
        using var harness = new GroupHarness(new GroupOptions { InitialRebalanceDelay = TimeSpan.FromSeconds(3) });
        var first = harness.Join(Request());
        harness.Pass(2);
        var second = harness.Join(Request());
        harness.Pass(2);
        Assert.False(first.IsCompleted);
        harness.Pass(2);

        Assert.Equal(1, (await first).Generation);
        Assert.Equal(1, (await second).Generation);
    }

    [Fact]
    public async Task The_first_generation_waits_no_longer_than_the_rebalance_timeout()
    {
        using var harness = new GroupHarness(new GroupOptions { InitialRebalanceDelay = TimeSpan.FromSeconds(3) });
        var request = Request() with { RebalanceTimeout = TimeSpan.FromSeconds(7) };
        var first = harness.Join(request);
        for (var second = 0; second < 7; second++)
        {
            Assert.False(first.IsCompleted);
            _ = harness.Join(request);
            harness.Pass(1);
        }

        Assert.Equal(8, (await first).Members.Count);
    }

    [Fact]
    public async Task The_first_member_leads_and_alone_is_told_the_members()
    {
        using var harness = new GroupHarness(new GroupOptions());
        var joins = new[] { harness.Join(Request(metadata: "a")), harness.Join(Request(metadata: "b")) };
        harness.Pass(60);
        var members = await Task.WhenAll(joins);

        Assert.All(members, member => Assert.Equal(members[0].MemberId, member.Leader));
        Assert.Equal(["a", "b"], members[0].Members.Select(member => Encoding.UTF8.GetString(member.Metadata.Span)));
        Assert.Empty(members[1].Members);
    }

    [Fact]
    public async Task Members_that_do_not_rejoin_are_dropped_at_the_rebalance_timeout()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        var rejoin = harness.Join(Request(members[1].MemberId, metadata: "other"));
        for (var second = 0; second < 60; second += 5)
        {
            // It lives, but it does not come.
            Assert.Equal(ErrorCode.RebalanceInProgress, harness.Heartbeat(members[0]));
            Assert.False(rejoin.IsCompleted);
            harness.Pass(5);
        }

        var joined = await rejoin;
        Assert.Equal(members[1].MemberId, joined.Leader);
        Assert.Single(joined.Members);
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Heartbeat(members[0]));
    }

    [Fact]
    public async Task A_waiting_join_keeps_its_member_alive_beyond_its_session()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        var waiting = harness.Join(Request(members[1].MemberId, metadata: "other"));
        for (var second = 0; second < 55; second += 5)
        {
            harness.Heartbeat(members[0]);
            harness.Pass(5);
        }
        var leader = harness.Join(Request(members[0].MemberId));

        Assert.Equal(ErrorCode.None, (await waiting).Error);
        Assert.Equal(2, (await leader).Members.Count);
    }

    [Fact]
    public async Task The_session_of_a_silent_member_ends_and_the_others_rebalance()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        harness.Pass(6);
        Assert.Equal(ErrorCode.None, harness.Heartbeat(members[0]));
        harness.Pass(6);

        Assert.Equal(ErrorCode.RebalanceInProgress, harness.Heartbeat(members[0]));
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Heartbeat(members[1]));
        Assert.Single((await harness.Join(Request(members[0].MemberId))).Members);
    }

    [Fact]
    public async Task A_group_whose_members_all_fell_silent_is_empty_in_a_new_generation()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        harness.Pass(10);

        Assert.Equal("Empty", harness.State);
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Heartbeat(members[0]));
        Assert.Equal(members[0].Generation + 2, (await harness.Join(Request())).Generation);
    }

    [Fact]
    public async Task A_join_that_nobody_waits_for_any_more_does_not_hold_up_the_others()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        using var connection = new CancellationTokenSource();
        var abandoned = harness.Coordinator.JoinAsync(Request(), connection.Token);
        await connection.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);

        _ = harness.Join(Request(members[0].MemberId));
        Assert.Equal(2, (await harness.Join(Request(members[1].MemberId))).Generation - members[1].Generation + 1);
        Assert.Equal(2, harness.Coordinator.Administration.Describe(Group).Members.Count);
    }

    [Fact]
    public async Task A_member_whose_connection_went_while_it_waited_may_return_within_its_session()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        using var connection = new CancellationTokenSource();
        var abandoned = harness.Coordinator.JoinAsync(Request(members[0].MemberId), connection.Token);
        await connection.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);

        var second = harness.Join(Request(members[1].MemberId));
        Assert.False(second.IsCompleted);
        Assert.Equal(2, (await harness.Join(Request(members[0].MemberId))).Members.Count);
        Assert.Equal(ErrorCode.None, (await second).Error);
    }

    [Fact]
    public async Task A_member_whose_connection_went_and_that_does_not_return_is_gone_after_its_session()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        using var connection = new CancellationTokenSource();
        var abandoned = harness.Coordinator.JoinAsync(Request(members[0].MemberId), connection.Token);
        await connection.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        var second = harness.Join(Request(members[1].MemberId));

        harness.Pass(10);

        Assert.Equal(members[1].MemberId, (await second).Leader);
    }

    [Fact]
    public async Task Stopping_answers_everyone_who_waits()
    {
        var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        var join = harness.Join(Request(members[0].MemberId));
        harness.Dispose();

        Assert.Equal(ErrorCode.CoordinatorNotAvailable, (await join).Error);
        Assert.Equal(ErrorCode.CoordinatorNotAvailable, (await harness.Join(Request())).Error);
        Assert.Equal(ErrorCode.CoordinatorNotAvailable, harness.Heartbeat(members[1]));
    }

    [Fact]
    public async Task A_new_member_is_waited_for_no_longer_than_five_minutes()
    {
        using var harness = new GroupHarness();
        var member = (await harness.StableGroup(1))[0];
        // A rebalance that takes longer than that: one member heartbeats but never comes.
        var slow = Request(member.MemberId) with { RebalanceTimeout = TimeSpan.FromMinutes(20) };
        var leader = await harness.Join(slow);
        await harness.AllSync(leader);
        var newcomer = harness.Join(Request());
        for (var second = 0; second < 300; second += 5)
        {
            Assert.False(newcomer.IsCompleted);
            harness.Heartbeat(leader);
            harness.Pass(5);
        }

        Assert.Equal(ErrorCode.UnknownMemberId, (await newcomer).Error);
    }
}
