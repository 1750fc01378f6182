using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;
using static Fink.Kafka.Broker.Tests.Groups.GroupHarness;

namespace Fink.Kafka.Broker.Tests.Groups;

public sealed class OffsetExpiryTests
{
    [Fact]
    public void Without_members_ever_an_offset_goes_seven_days_after_its_commit_and_the_group_with_it()
    {
        using var harness = new GroupHarness();
        harness.Commit(MemberIdentity.None, 1);
        Hours(harness, (7 * 24) - 1);
        Assert.Equal(1, harness.Fetch().Offset);
        Hours(harness, 2);

        Assert.Equal(-1, harness.Fetch().Offset);
        Assert.Equal("Dead", harness.State);
        Assert.Equal("Dead", harness.Restart().State);
    }

    [Fact]
    public async Task With_members_once_it_goes_seven_days_after_the_group_became_empty()
    {
        using var harness = new GroupHarness();
        var member = (await harness.StableGroup(1))[0];
        harness.Commit(IdentityOf(member), 1);
        for (var hour = 0; hour < 24; hour++) Beat(harness, member);
        harness.Leave(member.MemberId);
        Hours(harness, (7 * 24) - 1);
        Assert.Equal(1, harness.Fetch().Offset);
        Hours(harness, 2);

        Assert.Equal("Dead", harness.State);
    }

    [Fact]
    public async Task A_restart_does_not_give_it_another_seven_days()
    {
        using var harness = new GroupHarness();
        var member = (await harness.StableGroup(1))[0];
        harness.Commit(IdentityOf(member), 1);
        harness.Leave(member.MemberId);
        Hours(harness, (7 * 24) - 1);
        using var after = harness.Restart();
        Assert.Equal(1, after.Fetch().Offset);
        Hours(after, 2);

        Assert.Equal("Dead", after.State);
    }

    [Fact]
    public void A_commit_may_bring_its_own_retention()
    {
        using var harness = new GroupHarness();
        harness.Commit(MemberIdentity.None, 1, "short", retentionMs: 60_000);
        harness.Commit(MemberIdentity.None, 1, "for ever", retentionMs: long.MaxValue);
        Hours(harness, 1);
        Assert.Equal((-1, 1), (harness.Fetch("short").Offset, harness.Fetch("for ever").Offset));
        Hours(harness, 8 * 24);

        Assert.Equal(1, harness.Fetch("for ever").Offset);
    }

    [Fact]
    public async Task Members_keep_the_offsets_of_what_they_read_and_no_others()
    {
        using var harness = new GroupHarness();
        harness.Commit(MemberIdentity.None, 1, "left");
        var member = await harness.Join(GroupOffsetsTests.Subscribed("read"));
        await harness.AllSync(member);
        harness.Commit(IdentityOf(member), 1, "read");
        for (var hour = 0; hour < 8 * 24; hour++) Beat(harness, member);

        Assert.Equal((1, -1), (harness.Fetch("read").Offset, harness.Fetch("left").Offset));
        Assert.Equal("Stable", harness.State);
    }

    [Fact]
    public void What_a_transaction_may_still_commit_does_not_go()
    {
        using var harness = new GroupHarness();
        harness.Commit(MemberIdentity.None, 1);
        harness.Coordinator.Offsets.Stage(1, new OffsetCommit { GroupId = Group, Member = MemberIdentity.None, Offsets = [new(new("t", 0), 2, -1, null)] });
        Hours(harness, 9 * 24);
        Assert.Equal(1, harness.Fetch().Offset);

        harness.Coordinator.Offsets.EndTransaction(1, isCommit: false);
        Hours(harness, 1);
        Assert.Equal("Dead", harness.State);
    }

    [Fact]
    public async Task An_empty_group_without_offsets_goes_at_the_next_check()
    {
        using var harness = new GroupHarness();
        await harness.Join(Request() with { NeedsKnownMemberId = true });
        Assert.Equal("Empty", harness.State);
        Hours(harness, 1);

        Assert.Equal("Dead", harness.State);
    }

    [Fact]
    public void What_cannot_be_written_down_is_forgotten_later()
    {
        using var harness = new GroupHarness();
        harness.Commit(MemberIdentity.None, 1);
        harness.Journal.IsFull = true;
        Hours(harness, 8 * 24);
        Assert.Equal(1, harness.Fetch().Offset);

        harness.Journal.IsFull = false;
        Hours(harness, 1);
        Assert.Equal("Dead", harness.State);
    }

    private static void Hours(GroupHarness harness, int hours)
    {
        for (var i = 0; i < hours * 6; i++) harness.Clock.Advance(TimeSpan.FromMinutes(10));
    }

    /// <summary>An hour with heartbeats.</summary>
    private static void Beat(GroupHarness harness, JoinResult member)
    {
        for (var i = 0; i < 450; i++)
        {
            harness.Clock.Advance(TimeSpan.FromSeconds(8));
            Assert.Equal(ErrorCode.None, harness.Heartbeat(member));
        }
    }
}
