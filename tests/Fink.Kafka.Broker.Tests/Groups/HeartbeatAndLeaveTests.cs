using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;
using static Fink.Kafka.Broker.Tests.Groups.GroupHarness;

namespace Fink.Kafka.Broker.Tests.Groups;

public sealed class HeartbeatAndLeaveTests
{
    [Fact]
    public async Task A_group_that_its_last_member_leaves_can_be_deleted_at_once_though_an_id_is_still_waited_for()
    {
        using var harness = new GroupHarness();
        var member = (await harness.StableGroup(1))[0];
        Assert.Equal(ErrorCode.MemberIdRequired, (await harness.Join(Request() with { NeedsKnownMemberId = true })).Error);

        Assert.Equal(ErrorCode.None, harness.Leave(member.MemberId));

        Assert.Equal("Empty", harness.State);
        Assert.Equal(ErrorCode.None, harness.Coordinator.Administration.Delete(Group));
    }

    [Fact]
    public async Task A_group_whose_members_leave_before_its_first_generation_is_empty_at_once()
    {
        using var harness = new GroupHarness(new() { InitialRebalanceDelay = TimeSpan.FromSeconds(3) });
        var id = (await harness.Join(Request() with { NeedsKnownMemberId = true })).MemberId;
        var joining = harness.Join(Request(id) with { NeedsKnownMemberId = true });

        Assert.Equal(ErrorCode.None, harness.Leave(id));

        Assert.Equal(ErrorCode.UnknownMemberId, (await joining).Error);
        Assert.Equal("Empty", harness.State);
        harness.Pass(seconds: 5);
        Assert.Equal("Empty", harness.State);
    }

    [Fact]
    public async Task A_heartbeat_says_where_the_group_is()
    {
        using var harness = new GroupHarness();
        var nobody = new JoinResult { MemberId = "c-1", Generation = 1 };
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Heartbeat(nobody));

        var member = await harness.Join(Request());
        Assert.Equal("CompletingRebalance", harness.State);
        Assert.Equal(ErrorCode.None, harness.Heartbeat(member));
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Heartbeat(nobody));
        Assert.Equal(ErrorCode.IllegalGeneration, harness.Heartbeat(member with { Generation = 2 }));

        await harness.AllSync(member);
        Assert.Equal(ErrorCode.None, harness.Heartbeat(member));

        _ = harness.Join(Request());
        Assert.Equal(ErrorCode.RebalanceInProgress, harness.Heartbeat(member));
    }

    [Fact]
    public async Task In_an_empty_group_every_member_is_unknown()
    {
        using var harness = new GroupHarness();
        var member = (await harness.StableGroup(1))[0];
        Assert.Equal(ErrorCode.None, harness.Leave(member.MemberId));

        Assert.Equal("Empty", harness.State);
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Heartbeat(member));
        Assert.Equal(ErrorCode.UnknownMemberId, (await harness.Join(Request(member.MemberId))).Error);
    }

    [Fact]
    public async Task A_member_that_leaves_makes_the_others_rebalance()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        Assert.Equal(ErrorCode.None, harness.Leave(members[0].MemberId));

        Assert.Equal(ErrorCode.RebalanceInProgress, harness.Heartbeat(members[1]));
        Assert.Equal(members[1].MemberId, (await harness.Join(Request(members[1].MemberId))).Leader);
    }

    [Fact]
    public async Task The_last_who_was_waited_for_leaves_and_the_generation_is_formed()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(3);
        var first = harness.Join(Request(members[0].MemberId));
        var second = harness.Join(Request(members[1].MemberId));
        Assert.False(first.IsCompleted);
        harness.Leave(members[2].MemberId);

        Assert.Equal(2, (await first).Members.Count);
        Assert.Equal(ErrorCode.None, (await second).Error);
    }

    [Fact]
    public async Task Several_leave_at_once_each_with_its_own_outcome()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(3);
        var instance = await JoinStatic(harness, members);

        var result = harness.Coordinator.Leave(Group,
        [
            new LeavingMember(members[0].MemberId, null),
            new LeavingMember("nobody", null),
            new LeavingMember("", "i"),
            new LeavingMember("", "j"),
            new LeavingMember("", null),
        ]);

        Assert.Equal(ErrorCode.None, result.Error);
        Assert.Equal(
            [ErrorCode.None, ErrorCode.UnknownMemberId, ErrorCode.None, ErrorCode.UnknownMemberId, ErrorCode.UnknownMemberId],
            result.Members.Select(member => member.Error));
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Heartbeat(instance, "i"));
        Assert.Equal(2, harness.Coordinator.Administration.Describe(Group).Members.Count);
    }

    [Fact]
    public void Who_leaves_a_group_that_is_not_there_is_unknown()
    {
        using var harness = new GroupHarness();

        Assert.Equal(ErrorCode.UnknownMemberId, harness.Leave("c-1"));
    }

    [Fact]
    public async Task A_static_member_leaves_under_its_own_id_only()
    {
        using var harness = new GroupHarness();
        var member = await harness.Join(Request(instance: "i"));

        Assert.Equal(ErrorCode.FencedInstanceId, harness.Leave("i-stale", "i"));
        Assert.Equal(ErrorCode.None, harness.Leave(member.MemberId, "i"));
    }

    [Fact]
    public async Task A_waiting_join_of_a_member_that_is_removed_is_answered()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        var waiting = harness.Join(Request(members[0].MemberId));
        harness.Leave(members[0].MemberId);

        Assert.Equal(ErrorCode.UnknownMemberId, (await waiting).Error);
    }

    private static async Task<JoinResult> JoinStatic(GroupHarness harness, IReadOnlyList<JoinResult> members)
    {
        var joining = harness.Join(Request(instance: "i"));
        var rejoined = await Task.WhenAll([.. members.Select(member => harness.Join(Request(member.MemberId))), joining]);
        await harness.AllSync(rejoined);
        return await joining;
    }
}
