using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Tests.Storage.Journals;
using Fink.Kafka.Protocol;
using static Fink.Kafka.Broker.Tests.Groups.GroupHarness;

namespace Fink.Kafka.Broker.Tests.Groups;

public sealed class RestartTests
{
    [Fact]
    public async Task A_stable_group_goes_on_as_if_nothing_had_been()
    {
        using var before = new GroupHarness();
        var members = await before.StableGroup(2);
        using var harness = before.Restart();

        Assert.Equal(before.Coordinator.Administration.Describe(Group).Members.Select(Text),
            harness.Coordinator.Administration.Describe(Group).Members.Select(Text));
        Assert.All(members, member => Assert.Equal(ErrorCode.None, harness.Heartbeat(member)));
        Assert.Equal(ErrorCode.None, harness.Commit(IdentityOf(members[1]), 4));
        Assert.Equal(members[0].Generation, (await harness.Join(Request(members[1].MemberId))).Generation);
    }

    [Fact]
    public async Task Members_that_do_not_come_back_after_a_restart_are_gone_after_their_session()
    {
        using var before = new GroupHarness();
        await before.StableGroup(2);
        using var harness = before.Restart();
        Assert.Equal("Stable", harness.State);
        harness.Pass(10);

        Assert.Equal("Empty", harness.State);
    }

    [Fact]
    public async Task A_generation_whose_assignment_was_not_yet_told_is_formed_anew_under_the_next_number()
    {
        using var before = new GroupHarness();
        var members = await before.StableGroup(2);
        var rejoin = before.Join(Request(members[0].MemberId));
        await before.Join(Request(members[1].MemberId));
        var leader = await rejoin;
        Assert.Equal("CompletingRebalance", before.State);
        using var harness = before.Restart();

        Assert.Equal(ErrorCode.RebalanceInProgress, harness.Heartbeat(leader));
        Assert.Equal(ErrorCode.RebalanceInProgress, (await harness.Sync(leader)).Error);
        Assert.Equal(ErrorCode.IllegalGeneration, harness.Heartbeat(members[0]));
        var again = harness.Join(Request(leader.MemberId));
        await harness.Join(Request(members[1].MemberId));
        Assert.Equal(leader.Generation + 1, (await again).Generation);
    }

    [Fact]
    public async Task Who_does_not_return_to_a_generation_half_formed_is_not_waited_for_beyond_its_session()
    {
        using var before = new GroupHarness();
        await before.Join(Request());
        using var harness = before.Restart();
        Assert.Equal("PreparingRebalance", harness.State);
        harness.Pass(10);

        Assert.Equal("Empty", harness.State);
    }

    [Fact]
    public async Task A_generation_number_is_never_used_again()
    {
        using var before = new GroupHarness();
        var member = (await before.StableGroup(1))[0];
        before.Leave(member.MemberId);
        using var harness = before.Restart();

        Assert.Equal("Empty", harness.State);
        Assert.Equal(member.Generation + 2, (await harness.Join(Request())).Generation);
    }

    [Fact]
    public async Task A_static_member_that_was_replaced_stays_replaced()
    {
        using var before = new GroupHarness();
        var old = await before.Join(Request(instance: "i"));
        await before.AllSync(old);
        var member = await before.Join(Request(instance: "i"));
        using var harness = before.Restart();

        Assert.Equal(ErrorCode.None, harness.Heartbeat(member, "i"));
        Assert.Equal(ErrorCode.FencedInstanceId, harness.Heartbeat(old, "i"));
    }

    [Fact]
    public async Task A_static_member_whose_new_id_cannot_be_kept_is_told_to_try_again()
    {
        using var harness = new GroupHarness();
        await harness.AllSync(await harness.Join(Request(instance: "i")));
        harness.Journal.IsFull = true;
        Assert.Equal(ErrorCode.CoordinatorNotAvailable, (await harness.Join(Request(instance: "i"))).Error);
        harness.Journal.IsFull = false;

        Assert.Equal(ErrorCode.None, (await harness.Join(Request(instance: "i"))).Error);
    }

    [Fact]
    public async Task An_assignment_that_cannot_be_kept_is_not_told()
    {
        using var harness = new GroupHarness();
        var leader = await harness.Join(Request());
        harness.Journal.IsFull = true;
        Assert.Equal(ErrorCode.CoordinatorNotAvailable, (await harness.Sync(leader, (leader.MemberId, "all"))).Error);
        Assert.Equal("PreparingRebalance", harness.State);

        harness.Journal.IsFull = false;
        var again = await harness.Join(Request(leader.MemberId));
        await harness.AllSync(again);
        Assert.Equal("Stable", harness.State);
    }

    [Fact]
    public async Task A_group_that_cannot_be_written_down_is_not_made()
    {
        using var harness = new GroupHarness();
        harness.Journal.IsFull = true;

        Assert.Equal(ErrorCode.CoordinatorNotAvailable, (await harness.Join(Request())).Error);
        Assert.Equal("Dead", harness.State);
    }

    [Fact]
    public void A_record_that_this_broker_does_not_know_stops_the_start()
    {
        var newer = new MemoryJournal();
        newer.Append(1, 2, []);
        Assert.Throws<InvalidDataException>(() => new GroupHarness(journal: newer));
        var unknown = new MemoryJournal();
        unknown.Append(77, 1, []);
        Assert.Throws<InvalidDataException>(() => new GroupHarness(journal: unknown));
        var cut = new MemoryJournal();
        cut.Append(1, 1, [0, 0, 0, 9]);
        Assert.Throws<InvalidDataException>(() => new GroupHarness(journal: cut));
    }

    private static string Text(MemberDescription member) =>
        $"{member.MemberId} {member.InstanceId} {member.ClientId} {member.ClientHost} "
        + $"{Convert.ToHexString(member.Metadata.Span)} {Convert.ToHexString(member.Assignment.Span)}";
}
