using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Tests.Groups;

using static GroupHarness;

/// <summary>A mistake of ours in what a timer begins, which would end the process: it costs the group its members at most.</summary>
public sealed class MistakeTests
{
    [Fact]
    public async Task A_mistake_at_the_end_of_a_session_is_logged_and_the_group_can_be_joined_anew()
    {
        using var harness = new GroupHarness();
        harness.Commit(MemberIdentity.None, 7);
        await harness.StableGroup(1);
        harness.Journal.Appending = () => throw new InvalidOperationException("a mistake");

        harness.Pass(seconds: 11);

        harness.Journal.Appending = null;
        Assert.Equal("Empty", harness.State);
        Assert.Contains("Error: What was due of group g failed", Assert.Single(harness.Log.Lines), StringComparison.Ordinal);
        Assert.Equal(ErrorCode.None, harness.Heartbeat((await harness.StableGroup(1))[0]));
        Assert.Equal(7, harness.Fetch().Offset);
    }

    [Fact]
    public async Task A_mistake_while_a_generation_is_formed_sends_away_who_waits()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        var waiting = harness.Join(Request(members[0].MemberId));
        harness.Journal.Appending = () => throw new InvalidOperationException("a mistake");

        harness.Pass(seconds: 61);

        harness.Journal.Appending = null;
        Assert.Equal(ErrorCode.UnknownMemberId, (await waiting).Error);
        await harness.StableGroup(2);
        Assert.Equal("Stable", harness.State);
    }

    [Fact]
    public void Offsets_expire_after_a_mistake_too()
    {
        using var harness = new GroupHarness(new()
        {
            OffsetsRetention = TimeSpan.FromSeconds(60),
            OffsetsRetentionCheckInterval = TimeSpan.FromSeconds(30),
        });
        harness.Commit(MemberIdentity.None, 7);
        harness.Journal.Appending = () => throw new InvalidOperationException("a mistake");
        harness.Pass(seconds: 100);
        Assert.Equal(7, harness.Fetch().Offset);

        harness.Journal.Appending = null;
        harness.Pass(seconds: 31);

        Assert.Equal(-1, harness.Fetch().Offset);
    }
}
