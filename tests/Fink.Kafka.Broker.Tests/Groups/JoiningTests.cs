using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;
using static Fink.Kafka.Broker.Tests.Groups.GroupHarness;

namespace Fink.Kafka.Broker.Tests.Groups;

public sealed class JoiningTests
{
    [Fact]
    public async Task Who_would_make_a_group_longer_than_an_entry_of_the_journal_is_refused_and_the_others_go_on()
    {
        using var harness = new GroupHarness();
        MemberProtocol[] large = [new("range", new byte[20_000_000])];
        var first = await harness.Join(Request() with { Protocols = large });
        var second = harness.Join(Request() with { Protocols = large });

        Assert.True(second.IsCompleted);
        Assert.Equal(ErrorCode.GroupMaxSizeReached, (await second).Error);
        await harness.AllSync(first);
        Assert.Equal(ErrorCode.None, harness.Heartbeat(first));
        // Its own metadata count once, however often it comes back.
        Assert.Equal(ErrorCode.None, (await harness.Join(Request(first.MemberId) with { Protocols = large })).Error);
    }

    [Fact]
    public async Task An_assignment_longer_than_an_entry_of_the_journal_is_an_error_that_nobody_repeats()
    {
        using var harness = new GroupHarness();
        var leader = await harness.Join(Request());
        var sync = SyncOf(leader) with { Assignments = [new(leader.MemberId, new byte[40_000_000])] };

        Assert.Equal(ErrorCode.UnknownServerError, (await harness.Coordinator.SyncAsync(sync, CancellationToken.None)).Error);
    }

    [Fact]
    public async Task An_empty_group_id_is_invalid()
    {
        using var harness = new GroupHarness();
        var request = Request() with { GroupId = "" };

        Assert.Equal(ErrorCode.InvalidGroupId, (await harness.Join(request)).Error);
        Assert.Equal(ErrorCode.InvalidGroupId, harness.Coordinator.Heartbeat("", MemberIdentity.None));
        Assert.Equal(ErrorCode.InvalidGroupId, harness.Coordinator.Leave("", []).Error);
    }

    [Theory]
    [InlineData(5_999, ErrorCode.InvalidSessionTimeout)]
    [InlineData(6_000, ErrorCode.None)]
    [InlineData(1_800_000, ErrorCode.None)]
    [InlineData(1_800_001, ErrorCode.InvalidSessionTimeout)]
    public async Task A_session_timeout_is_within_the_brokers_bounds(int milliseconds, ErrorCode expected)
    {
        using var harness = new GroupHarness();
        var request = Request() with { SessionTimeout = TimeSpan.FromMilliseconds(milliseconds) };

        Assert.Equal(expected, (await harness.Join(request)).Error);
    }

    [Fact]
    public async Task From_version_4_a_new_member_is_told_its_id_first()
    {
        using var harness = new GroupHarness();

        var first = await harness.Join(Request() with { NeedsKnownMemberId = true });
        Assert.Equal(ErrorCode.MemberIdRequired, first.Error);
        Assert.StartsWith("c-", first.MemberId);
        Assert.Equal("Empty", harness.State);

        var second = await harness.Join(Request(first.MemberId) with { NeedsKnownMemberId = true });
        Assert.Equal(ErrorCode.None, second.Error);
        Assert.Equal(first.MemberId, second.MemberId);
        Assert.Equal(1, second.Generation);
    }

    [Fact]
    public async Task A_member_id_is_pending_for_one_session_timeout()
    {
        using var harness = new GroupHarness();
        var first = await harness.Join(Request() with { NeedsKnownMemberId = true });

        harness.Pass(10);

        Assert.Equal(ErrorCode.UnknownMemberId, (await harness.Join(Request(first.MemberId))).Error);
    }

    [Fact]
    public async Task A_generation_waits_for_a_pending_member_and_no_longer_than_its_session()
    {
        using var harness = new GroupHarness();
        var member = (await harness.StableGroup(1))[0];
        await harness.Join(Request() with { NeedsKnownMemberId = true });

        var rejoin = harness.Join(Request(member.MemberId));
        Assert.False(rejoin.IsCompleted);
        harness.Pass(10);

        Assert.Equal(2, (await rejoin).Generation);
    }

    [Fact]
    public async Task A_pending_member_can_leave()
    {
        using var harness = new GroupHarness();
        var first = await harness.Join(Request() with { NeedsKnownMemberId = true });

        Assert.Equal(ErrorCode.None, harness.Leave(first.MemberId));
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Leave(first.MemberId));
    }

    [Fact]
    public async Task A_member_id_of_a_group_that_is_not_there_is_unknown_and_makes_none()
    {
        using var harness = new GroupHarness();

        Assert.Equal(ErrorCode.UnknownMemberId, (await harness.Join(Request("c-1"))).Error);
        Assert.Equal("Dead", harness.State);
        Assert.Equal(0, harness.Journal.Count);
    }

    [Fact]
    public async Task A_member_id_that_the_group_does_not_know_is_unknown()
    {
        using var harness = new GroupHarness();
        await harness.StableGroup(1);

        Assert.Equal(ErrorCode.UnknownMemberId, (await harness.Join(Request("c-1"))).Error);
    }

    [Fact]
    public async Task Protocols_without_one_in_common_are_inconsistent()
    {
        using var harness = new GroupHarness();
        await harness.Join(Request(protocols: ["range", "sticky"]));

        Assert.Equal(ErrorCode.InconsistentGroupProtocol, (await harness.Join(Request(protocols: ["roundrobin"]))).Error);
        Assert.Equal(ErrorCode.InconsistentGroupProtocol,
            (await harness.Join(Request() with { ProtocolType = "connect" })).Error);
    }

    [Fact]
    public async Task The_first_member_of_a_group_brings_a_protocol()
    {
        using var harness = new GroupHarness();

        Assert.Equal(ErrorCode.InconsistentGroupProtocol, (await harness.Join(Request(protocols: []))).Error);
        Assert.Equal(ErrorCode.InconsistentGroupProtocol,
            (await harness.Join(Request() with { ProtocolType = "" })).Error);
    }

    [Fact]
    public async Task The_protocol_with_most_votes_among_those_that_all_support_is_taken()
    {
        using var harness = new GroupHarness(new GroupOptions());
        var joins = new[]
        {
            harness.Join(Request(protocols: ["lonely", "range", "sticky"])),
            harness.Join(Request(protocols: ["sticky", "range"])),
            harness.Join(Request(protocols: ["sticky", "range"])),
        };
        harness.Pass(60);

        Assert.All(await Task.WhenAll(joins), join => Assert.Equal("sticky", join.ProtocolName));
    }

    [Fact]
    public async Task A_full_group_turns_newcomers_away()
    {
        using var harness = new GroupHarness(new GroupOptions { InitialRebalanceDelay = TimeSpan.Zero, MaxSize = 1 });
        var member = (await harness.StableGroup(1))[0];

        Assert.Equal(ErrorCode.GroupMaxSizeReached, (await harness.Join(Request())).Error);
        Assert.Equal(ErrorCode.None, harness.Heartbeat(member));
        Assert.Equal(2, (await harness.Join(Request(member.MemberId))).Generation);
    }

    [Fact]
    public async Task In_a_group_that_is_too_large_the_last_to_rejoin_are_turned_away()
    {
        using var before = new GroupHarness();
        var members = await before.StableGroup(3);
        using var harness = new GroupHarness(before.Options with { MaxSize = 2 }, before.Journal.Copy(), before.Clock);

        var first = harness.Join(Request(members[0].MemberId));
        var second = harness.Join(Request(members[1].MemberId));
        var third = harness.Join(Request(members[2].MemberId));

        Assert.Equal(ErrorCode.GroupMaxSizeReached, (await third).Error);
        Assert.Equal(2, (await first).Members.Count);
        Assert.Equal(ErrorCode.None, (await second).Error);
    }

    [Fact]
    public async Task A_followers_rejoin_with_the_same_metadata_gets_its_generation_again()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);

        var again = await harness.Join(Request(members[1].MemberId));

        Assert.Equal(members[1].Generation, again.Generation);
        Assert.Empty(again.Members);
        Assert.Equal("Stable", harness.State);
    }

    [Fact]
    public async Task A_followers_rejoin_with_other_metadata_rebalances()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);

        Assert.False(harness.Join(Request(members[1].MemberId, metadata: "other")).IsCompleted);
        Assert.Equal("PreparingRebalance", harness.State);
    }

    [Fact]
    public async Task The_leaders_rejoin_always_rebalances()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);

        Assert.False(harness.Join(Request(members[0].MemberId)).IsCompleted);
        Assert.Equal(ErrorCode.RebalanceInProgress, harness.Heartbeat(members[1]));
    }

    [Fact]
    public async Task A_rejoin_before_the_assignment_gets_the_generation_again_and_the_leader_its_members()
    {
        using var harness = new GroupHarness();
        var leader = await harness.Join(Request());
        Assert.Equal("CompletingRebalance", harness.State);

        var again = await harness.Join(Request(leader.MemberId));

        Assert.Equal(1, again.Generation);
        Assert.Single(again.Members);
        Assert.Equal(2, (await harness.Join(Request(leader.MemberId, metadata: "other"))).Generation);
    }

    [Fact]
    public async Task The_same_member_asking_twice_is_answered_once_and_its_first_question_is_not_left_open()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        var first = harness.Join(Request(members[0].MemberId));
        var second = harness.Join(Request(members[0].MemberId));

        Assert.Equal(ErrorCode.RebalanceInProgress, (await first).Error);
        await harness.Join(Request(members[1].MemberId));
        Assert.Equal(members[0].Generation + 1, (await second).Generation);
    }

    [Fact]
    public async Task The_bytes_of_a_request_are_copied()
    {
        using var harness = new GroupHarness();
        var buffer = "before"u8.ToArray();
        var request = Request() with { Protocols = [new MemberProtocol("range", buffer)] };
        var joined = await harness.Join(request);
        "AFTER!"u8.CopyTo(buffer);

        var again = await harness.Join(Request(joined.MemberId) with { Protocols = request.Protocols });
        Assert.Equal(2, again.Generation);
        Assert.Equal("before"u8.ToArray(), joined.Members[0].Metadata.ToArray());
    }
}
