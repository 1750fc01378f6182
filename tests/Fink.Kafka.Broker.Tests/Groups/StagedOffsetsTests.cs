using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;
using static Fink.Kafka.Broker.Tests.Groups.GroupHarness;

namespace Fink.Kafka.Broker.Tests.Groups;

public sealed class StagedOffsetsTests
{
    [Theory]
    [InlineData(true, 8)]
    [InlineData(false, 3)]
    public void Staged_offsets_are_seen_once_their_transaction_commits(bool isCommit, long expected)
    {
        using var harness = new GroupHarness();
        harness.Commit(MemberIdentity.None, 3);
        Assert.Equal(ErrorCode.None, Stage(harness, 8));
        Assert.Equal(3, harness.Fetch().Offset);
        Assert.Equal(ErrorCode.UnstableOffsetCommit, harness.Fetch(requireStable: true).Error);
        using var after = harness.Restart();
        Assert.Equal(ErrorCode.UnstableOffsetCommit, after.Fetch(requireStable: true).Error);

        foreach (var each in new[] { harness, after })
        {
            Assert.True(each.Coordinator.Offsets.EndTransaction(1, isCommit));
            Assert.True(each.Coordinator.Offsets.EndTransaction(1, !isCommit));
            Assert.Equal(expected, each.Fetch(requireStable: true).Offset);
        }
    }

    [Fact]
    public async Task A_producer_that_names_its_member_is_fenced_with_it()
    {
        using var harness = new GroupHarness();
        var member = (await harness.StableGroup(1))[0];

        Assert.Equal(ErrorCode.None, Stage(harness, 1, IdentityOf(member)));
        Assert.Equal(ErrorCode.IllegalGeneration, Stage(harness, 1, IdentityOf(member) with { Generation = 9 }));
        Assert.Equal(ErrorCode.UnknownMemberId, Stage(harness, 1, IdentityOf(member) with { MemberId = "x" }));
        Assert.Equal(ErrorCode.None, Stage(harness, 1, MemberIdentity.None));
    }

    [Fact]
    public void An_end_that_cannot_be_written_down_leaves_the_offsets_staged()
    {
        using var harness = new GroupHarness();
        Stage(harness, 8);
        harness.Journal.IsFull = true;
        Assert.False(harness.Coordinator.Offsets.EndTransaction(1, isCommit: true));
        Assert.Equal(-1, harness.Fetch().Offset);

        harness.Journal.IsFull = false;
        Assert.True(harness.Coordinator.Offsets.EndTransaction(1, isCommit: true));
        Assert.Equal(8, harness.Fetch().Offset);
    }

    private static ErrorCode Stage(GroupHarness harness, long offset, MemberIdentity? member = null) =>
        harness.Coordinator.Offsets.Stage(1, new OffsetCommit
        {
            GroupId = Group,
            Member = member ?? MemberIdentity.None,
            Offsets = [new(new("t", 0), offset, -1, null)],
        })[0].Error;
}
