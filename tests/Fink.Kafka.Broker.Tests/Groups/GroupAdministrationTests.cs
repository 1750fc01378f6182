using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;
using Microsoft.Extensions.Time.Testing;
using static Fink.Kafka.Broker.Tests.Groups.GroupHarness;

namespace Fink.Kafka.Broker.Tests.Groups;

public sealed class GroupAdministrationTests
{
    [Fact]
    public void A_group_that_is_not_there_is_dead_and_no_error()
    {
        using var harness = new GroupHarness();
        var description = harness.Coordinator.Administration.Describe("nothing");

        Assert.Equal((ErrorCode.None, "Dead", ""), (description.Error, description.State, description.ProtocolType));
    }

    [Fact]
    public async Task Metadata_and_assignments_are_described_of_a_stable_group()
    {
        using var harness = new GroupHarness();
        var joined = await harness.Join(Request());
        var forming = harness.Coordinator.Administration.Describe(Group);
        Assert.Equal(("CompletingRebalance", "consumer", ""), (forming.State, forming.ProtocolType, forming.Protocol));
        Assert.True(forming.Members[0].Metadata.IsEmpty);

        await harness.AllSync(joined);
        var stable = harness.Coordinator.Administration.Describe(Group);
        Assert.Equal(("Stable", "consumer", "range"), (stable.State, stable.ProtocolType, stable.Protocol));
        var member = Assert.Single(stable.Members);
        Assert.Equal((joined.MemberId, "c", "/127.0.0.1"), (member.MemberId, member.ClientId, member.ClientHost));
        Assert.Equal("m"u8.ToArray(), member.Metadata.ToArray());
        Assert.Equal("for " + joined.MemberId, System.Text.Encoding.UTF8.GetString(member.Assignment.Span));
    }

    [Fact]
    public async Task Groups_are_listed_by_state_and_type()
    {
        using var harness = new GroupHarness();
        await harness.StableGroup(1);
        harness.Commit(MemberIdentity.None, 1, group: "simple");
        var administration = harness.Coordinator.Administration;

        Assert.Equal(2, administration.List([], []).Count);
        Assert.Equal([new ListedGroup("simple", "", "Empty")], administration.List(["empty"], ["Classic"]));
        Assert.Equal([new ListedGroup(Group, "consumer", "Stable")], administration.List(["Stable", "Dead"], []));
        Assert.Empty(administration.List([], ["consumer"]));
    }

    [Fact]
    public async Task Only_a_group_without_members_is_deleted_and_its_offsets_with_it()
    {
        using var harness = new GroupHarness();
        var administration = harness.Coordinator.Administration;
        Assert.Equal(ErrorCode.GroupIdNotFound, administration.Delete(Group));
        harness.Commit(MemberIdentity.None, 1);
        var member = (await harness.StableGroup(1))[0];
        Assert.Equal(ErrorCode.NonEmptyGroup, administration.Delete(Group));

        harness.Leave(member.MemberId);
        harness.Journal.IsFull = true;
        Assert.Equal(ErrorCode.CoordinatorNotAvailable, administration.Delete(Group));
        Assert.Equal(1, harness.Fetch().Offset);
        harness.Journal.IsFull = false;
        Assert.Equal(ErrorCode.None, administration.Delete(Group));

        using var after = harness.Restart();
        Assert.Equal(("Dead", -1), (after.State, after.Fetch().Offset));
        Assert.Equal(1, (await harness.Join(Request())).Generation);
    }

    [Fact]
    public async Task Members_whose_sessions_are_over_are_gone_for_an_admin_however_late_their_timers_are()
    {
        using var harness = new GroupHarness(clock: new LateTimers());
        await harness.StableGroup(2);
        var administration = harness.Coordinator.Administration;

        harness.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(2, administration.Describe(Group).Members.Count);
        Assert.Equal(ErrorCode.NonEmptyGroup, administration.Delete(Group));

        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([new ListedGroup(Group, "consumer", "Empty")], administration.List([], []));
        Assert.Empty(administration.Describe(Group).Members);
        Assert.Equal(ErrorCode.None, administration.Delete(Group));
    }

    [Fact]
    public async Task A_heartbeat_that_comes_before_a_late_timer_still_counts()
    {
        using var harness = new GroupHarness(clock: new LateTimers());
        var member = (await harness.StableGroup(1))[0];

        harness.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(ErrorCode.None, harness.Heartbeat(member));

        Assert.Equal(ErrorCode.NonEmptyGroup, harness.Coordinator.Administration.Delete(Group));
    }

    /// <summary>Time passes, and no timer fires: a machine whose threads are all busy.</summary>
    private sealed class LateTimers : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
