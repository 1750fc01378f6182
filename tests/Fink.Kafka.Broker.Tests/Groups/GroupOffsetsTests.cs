using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;
using static Fink.Kafka.Broker.Tests.Groups.GroupHarness;

namespace Fink.Kafka.Broker.Tests.Groups;

public sealed class GroupOffsetsTests
{
    [Fact]
    public void An_offset_comes_back_with_its_epoch_and_metadata()
    {
        using var harness = new GroupHarness();
        Assert.Equal(ErrorCode.None, harness.Commit(MemberIdentity.None, 42, metadata: "über"));

        Assert.Equal(new FetchedOffset(new("t", 0), 42, 5, "über", ErrorCode.None), harness.Fetch());
    }

    [Fact]
    public void What_was_never_committed_is_minus_one_and_no_error()
    {
        using var harness = new GroupHarness();
        Assert.Equal(FetchedOffset.Nothing(new("t", 0)), harness.Fetch());
        Assert.Empty(harness.Coordinator.Offsets.Fetch(Group, null, false));

        harness.Commit(MemberIdentity.None, 1);
        Assert.Equal(-1, harness.Fetch("other").Offset);
        Assert.Single(harness.Coordinator.Offsets.Fetch(Group, null, false));
    }

    [Theory]
    [InlineData(4096, ErrorCode.None)]
    [InlineData(4097, ErrorCode.OffsetMetadataTooLarge)]
    public void Metadata_has_a_limit(int length, ErrorCode expected)
    {
        using var harness = new GroupHarness();

        Assert.Equal(expected, harness.Commit(MemberIdentity.None, 1, metadata: new string('x', length)));
        Assert.Equal(expected == ErrorCode.None ? 1 : -1, harness.Fetch().Offset);
    }

    [Fact]
    public void One_partition_that_is_refused_does_not_keep_the_others_from_being_committed()
    {
        using var harness = new GroupHarness();
        var outcome = harness.Coordinator.Offsets.Commit(new OffsetCommit
        {
            GroupId = Group,
            Member = MemberIdentity.None,
            Offsets = [new(new("t", 0), 1, -1, null), new(new("u", 0), 1, -1, new string('x', 5000))],
        });

        Assert.Equal([ErrorCode.None, ErrorCode.OffsetMetadataTooLarge], outcome.Select(partition => partition.Error));
        Assert.Equal((1, -1), (harness.Fetch("t").Offset, harness.Fetch("u").Offset));
    }

    [Fact]
    public async Task Without_a_generation_one_commits_only_while_the_group_is_empty()
    {
        using var harness = new GroupHarness();
        Assert.Equal(ErrorCode.None, harness.Commit(MemberIdentity.None, 1));
        var member = (await harness.StableGroup(1))[0];
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Commit(MemberIdentity.None, 2));

        harness.Leave(member.MemberId);
        Assert.Equal(ErrorCode.None, harness.Commit(MemberIdentity.None, 3));
        Assert.Equal(3, harness.Fetch().Offset);
    }

    [Fact]
    public async Task A_member_commits_in_its_own_generation_only()
    {
        using var harness = new GroupHarness();
        var member = await harness.Join(Request());
        Assert.Equal(ErrorCode.RebalanceInProgress, harness.Commit(IdentityOf(member), 1));

        await harness.AllSync(member);
        Assert.Equal(ErrorCode.None, harness.Commit(IdentityOf(member), 2));
        Assert.Equal(ErrorCode.IllegalGeneration, harness.Commit(IdentityOf(member) with { Generation = 2 }, 3));
        Assert.Equal(ErrorCode.IllegalGeneration, harness.Commit(IdentityOf(member) with { Generation = -1 }, 3));
        Assert.Equal(ErrorCode.UnknownMemberId, harness.Commit(IdentityOf(member) with { MemberId = "other" }, 3));
        Assert.Equal(ErrorCode.IllegalGeneration, harness.Commit(IdentityOf(member), 3, group: "not there"));
        Assert.Equal(2, harness.Fetch().Offset);
    }

    [Fact]
    public async Task A_member_may_still_commit_while_the_next_generation_is_awaited()
    {
        using var harness = new GroupHarness();
        var members = await harness.StableGroup(2);
        _ = harness.Join(Request(members[0].MemberId));

        Assert.Equal(ErrorCode.None, harness.Commit(IdentityOf(members[1]), 9));
    }

    [Fact]
    public async Task Who_commits_is_alive()
    {
        using var harness = new GroupHarness();
        var member = (await harness.StableGroup(1))[0];
        for (var i = 0; i < 5; i++)
        {
            harness.Pass(8);
            Assert.Equal(ErrorCode.None, harness.Commit(IdentityOf(member), i));
        }

        Assert.Equal(ErrorCode.None, harness.Heartbeat(member));
    }

    [Fact]
    public void A_commit_that_cannot_be_written_down_is_not_made()
    {
        using var harness = new GroupHarness();
        harness.Commit(MemberIdentity.None, 1);
        harness.Journal.IsFull = true;
        Assert.Equal(ErrorCode.CoordinatorNotAvailable, harness.Commit(MemberIdentity.None, 2));
        Assert.Equal(ErrorCode.CoordinatorNotAvailable, harness.Commit(MemberIdentity.None, 2, group: "new"));
        Assert.Equal(1, harness.Fetch().Offset);

        harness.Journal.IsFull = false;
        Assert.Equal(ErrorCode.None, harness.Commit(MemberIdentity.None, 2));
    }

    [Fact]
    public async Task Offsets_of_a_topic_that_is_read_are_not_deleted()
    {
        using var harness = new GroupHarness();
        Assert.Equal(ErrorCode.GroupIdNotFound, harness.Coordinator.Offsets.Delete(Group, []).Error);
        harness.Commit(MemberIdentity.None, 1, "read");
        harness.Commit(MemberIdentity.None, 1, "left");
        await harness.AllSync(await harness.Join(Subscribed("read")));

        var deletion = harness.Coordinator.Offsets.Delete(Group, [new("read", 0), new("left", 0), new("never", 0)]);

        Assert.Equal(
            [ErrorCode.GroupSubscribedToTopic, ErrorCode.None, ErrorCode.None],
            deletion.Partitions.Select(partition => partition.Error));
        Assert.Equal((1, -1), (harness.Fetch("read").Offset, harness.Fetch("left").Offset));
    }

    [Fact]
    public async Task Offsets_of_members_that_are_no_consumers_are_not_deleted()
    {
        using var harness = new GroupHarness();
        await harness.Join(Request() with { ProtocolType = "connect" });

        Assert.Equal(ErrorCode.NonEmptyGroup, harness.Coordinator.Offsets.Delete(Group, [new("t", 0)]).Error);
    }

    [Fact]
    public void Offsets_go_with_their_topic()
    {
        using var harness = new GroupHarness();
        harness.Commit(MemberIdentity.None, 1, "gone");
        harness.Commit(MemberIdentity.None, 1, "kept", group: "other");
        harness.Commit(MemberIdentity.None, 1, "gone", group: "other");

        Assert.True(harness.Coordinator.Offsets.ForgetTopics(topic => topic == "gone"));

        using var after = harness.Restart();
        Assert.Equal(-1, after.Fetch("gone").Offset);
        Assert.Equal((-1, 1), (after.Fetch("gone", "other").Offset, after.Fetch("kept", "other").Offset));
    }

    [Fact]
    public void The_journal_is_written_anew_when_it_has_grown_and_loses_nothing()
    {
        using var harness = new GroupHarness(new() { JournalGrowthBeforeSnapshot = 1000 });
        harness.Coordinator.Offsets.Stage(9, new OffsetCommit { GroupId = Group, Member = MemberIdentity.None, Offsets = [new(new("s", 0), 7, -1, null)] });
        for (var offset = 0; offset < 1000; offset++) harness.Commit(MemberIdentity.None, offset, metadata: "m");

        Assert.InRange(harness.Journal.Snapshots, 2, 100);
        Assert.InRange(harness.Journal.Count, 1, 100);
        using var after = harness.Restart();
        Assert.Equal(harness.Fetch(), after.Fetch());
        Assert.True(after.Coordinator.Offsets.EndTransaction(9, isCommit: true));
        Assert.Equal(7, after.Fetch("s").Offset);
    }

    [Fact]
    public void A_group_with_more_offsets_than_one_entry_of_the_journal_holds_keeps_them_all()
    {
        using var harness = new GroupHarness(new() { JournalGrowthBeforeSnapshot = 1000 });
        TopicPartition[] partitions = [.. Enumerable.Range(0, 2500).Select(partition => new TopicPartition("t", partition))];
        harness.Coordinator.Offsets.Commit(new OffsetCommit
        {
            GroupId = Group,
            Member = MemberIdentity.None,
            Offsets = [.. partitions.Select(partition => new OffsetToCommit(partition, partition.Partition, -1, null))],
        });

        Assert.Equal((1, 4), (harness.Journal.Snapshots, harness.Journal.Count));
        using var after = harness.Restart();
        Assert.Equal(
            partitions.Select(partition => (long)partition.Partition),
            after.Coordinator.Offsets.Fetch(Group, partitions, requireStable: false).Select(fetched => fetched.Offset));
    }

    [Fact]
    public void While_the_journal_is_written_anew_groups_are_served_and_what_they_commit_is_kept()
    {
        using var harness = new GroupHarness(new() { JournalGrowthBeforeSnapshot = 1000 });
        var served = false;
        harness.Journal.Snapshotting = () => served = Task.Run(() => harness.Commit(MemberIdentity.None, 8, group: "other")).Wait(TimeSpan.FromSeconds(30));

        for (var offset = 0; harness.Journal.Snapshots == 0; offset++) harness.Commit(MemberIdentity.None, offset, metadata: "m");

        Assert.True(served);
        using var after = harness.Restart();
        Assert.Equal(8, after.Fetch(group: "other").Offset);
        Assert.Equal(harness.Fetch(), after.Fetch());
    }

    [Fact]
    public void A_full_disk_is_told_once_and_once_more_when_there_is_room_again()
    {
        using var harness = new GroupHarness();
        harness.Commit(MemberIdentity.None, 1);
        harness.Journal.IsFull = true;
        for (var i = 0; i < 5; i++) Assert.Equal(ErrorCode.CoordinatorNotAvailable, harness.Commit(MemberIdentity.None, 2));

        Assert.StartsWith("Warning: The disk refuses changes of groups", Assert.Single(harness.Log.Lines), StringComparison.Ordinal);
        harness.Journal.IsFull = false;
        harness.Pass(seconds: 10);
        harness.Commit(MemberIdentity.None, 2);
        Assert.Equal(
            "Warning: The disk takes changes of groups and offsets again; 5 requests had failed.", harness.Log.Lines.Skip(1).Single());
    }

    /// <summary>Version 0 of a consumer's subscription to one topic.</summary>
    internal static JoinRequest Subscribed(string topic) => Request() with
    {
        Protocols = [new("range", new byte[] { 0, 0, 0, 0, 0, 1, 0, (byte)topic.Length }
            .Concat(System.Text.Encoding.UTF8.GetBytes(topic)).Concat(new byte[4]).ToArray())],
    };
}
