using System.Text;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Handlers;

using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using CoordinatorType = Fink.Kafka.Protocol.Values.CoordinatorType;
using ResourceType = Fink.Kafka.Protocol.Values.ResourceType;

public sealed class GroupHandlersTests
{
    public static TheoryData<short> VersionsOfFindCoordinator => [.. Enumerable.Range(0, 5).Select(version => (short)version)];

    public static TheoryData<short> VersionsOfJoinGroup => [.. Enumerable.Range(0, 10).Select(version => (short)version)];

    [Theory]
    [MemberData(nameof(VersionsOfFindCoordinator))]
    public async Task Every_group_is_coordinated_here_at_the_address_of_the_clients_listener(short version)
    {
        using var broker = new SmallBroker();

        var answer = await broker.AskAsync<FindCoordinatorRequest, FindCoordinatorResponse>(
            new() { CoordinatorKey = "g", CoordinatorKeys = ["g", ""] }, version);

        var (node, host, port) = version < 4
            ? (answer.NodeId, answer.Host, answer.Port)
            : (answer.Coordinators[1].NodeId, answer.Coordinators[1].Host, answer.Coordinators[1].Port);
        Assert.Equal((SmallBroker.NodeId, "broker.example", 9094), (node, host, port));
    }

    [Fact]
    public async Task Transactions_have_no_coordinator_and_clients_are_told_so_for_good()
    {
        using var broker = new SmallBroker();

        var answer = await broker.AskAsync<FindCoordinatorRequest, FindCoordinatorResponse>(
            new() { CoordinatorKey = "x", KeyType = CoordinatorType.Transaction }, version: 2);
        var many = await broker.AskAsync<FindCoordinatorRequest, FindCoordinatorResponse>(
            new() { CoordinatorKeys = ["x"], KeyType = (CoordinatorType)2 });

        Assert.Equal(ErrorCode.TransactionalIdAuthorizationFailed, answer.ErrorCode);
        Assert.Contains("transactions", answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal((-1, -1), (answer.NodeId, answer.Port));
        Assert.Equal(ErrorCode.InvalidRequest, Assert.Single(many.Coordinators).ErrorCode);
    }

    [Theory]
    [MemberData(nameof(VersionsOfJoinGroup))]
    public async Task A_group_forms_in_every_version_of_JoinGroup(short version)
    {
        using var broker = new SmallBroker();
        var request = Joining("");

        var answer = await broker.AskAsync<JoinGroupRequest, JoinGroupResponse>(request, version);
        if (version >= 4)
        {
            Assert.Equal(ErrorCode.MemberIdRequired, answer.ErrorCode);
            Assert.Equal(version < 7 ? "" : null, answer.ProtocolName);
            request.MemberId = answer.MemberId;
            answer = await broker.AskAsync<JoinGroupRequest, JoinGroupResponse>(request, version);
        }

        Assert.Equal(ErrorCode.None, answer.ErrorCode);
        Assert.Equal(1, answer.GenerationId);
        Assert.Equal("range", answer.ProtocolName);
        Assert.Equal(answer.MemberId, answer.Leader);
        Assert.Equal("subscribed", Encoding.UTF8.GetString(Assert.Single(answer.Members).Metadata.Span));
        Assert.StartsWith("small-", answer.MemberId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_syncs_beats_is_described_and_leaves()
    {
        using var broker = new SmallBroker();
        var member = (await broker.AskAsync<JoinGroupRequest, JoinGroupResponse>(Joining(""), version: 3)).MemberId;

        var synced = await broker.AskAsync<SyncGroupRequest, SyncGroupResponse>(new()
        {
            GroupId = "g",
            GenerationId = 1,
            MemberId = member,
            ProtocolType = "consumer",
            ProtocolName = "range",
            Assignments = [new() { MemberId = member, Assignment = "mine"u8.ToArray() }],
        });
        var beat = await broker.AskAsync<HeartbeatRequest, HeartbeatResponse>(
            new() { GroupId = "g", GenerationId = 1, MemberId = member });
        var described = Assert.Single((await broker.AskAsync<DescribeGroupsRequest, DescribeGroupsResponse>(
            new() { Groups = ["g"], IncludeAuthorizedOperations = true })).Groups);
        var left = await broker.AskAsync<LeaveGroupRequest, LeaveGroupResponse>(new() { GroupId = "g", MemberId = member }, version: 0);
        var gone = await broker.AskAsync<LeaveGroupRequest, LeaveGroupResponse>(new() { GroupId = "g", MemberId = member }, version: 2);

        Assert.Equal((ErrorCode.None, "consumer", "range"), (synced.ErrorCode, synced.ProtocolType, synced.ProtocolName));
        Assert.Equal("mine", Encoding.UTF8.GetString(synced.Assignment.Span));
        Assert.Equal(ErrorCode.None, beat.ErrorCode);
        Assert.Equal(("Stable", "consumer", "range"), (described.GroupState, described.ProtocolType, described.ProtocolData));
        Assert.Equal(1 << 3 | 1 << 6 | 1 << 8, described.AuthorizedOperations);
        var shown = Assert.Single(described.Members);
        Assert.Equal(("small", "/127.0.0.1"), (shown.ClientId, shown.ClientHost));
        Assert.Equal("mine", Encoding.UTF8.GetString(shown.MemberAssignment.Span));
        Assert.Equal("subscribed", Encoding.UTF8.GetString(shown.MemberMetadata.Span));
        Assert.Equal((ErrorCode.None, ErrorCode.UnknownMemberId), (left.ErrorCode, gone.ErrorCode));
    }

    [Fact]
    public async Task The_oldest_JoinGroup_waits_for_others_as_long_as_its_session()
    {
        using var broker = new SmallBroker();
        var slow = (await broker.AskAsync<JoinGroupRequest, JoinGroupResponse>(Joining(""), version: 0)).MemberId;
        await broker.AskAsync<SyncGroupRequest, SyncGroupResponse>(
            new() { GroupId = "g", GenerationId = 1, MemberId = slow }, version: 0);

        var second = broker.AskAsync<JoinGroupRequest, JoinGroupResponse>(Joining(""), version: 0);
        Assert.False(second.IsCompleted);
        for (var passed = 0; passed < 10; passed++) broker.Clock.Advance(TimeSpan.FromSeconds(1));

        var answer = await second;
        Assert.Equal(2, answer.GenerationId);
        Assert.Equal(answer.MemberId, answer.Leader);
    }

    [Fact]
    public async Task Offsets_are_kept_for_partitions_that_exist_and_each_partition_has_its_error()
    {
        using var broker = new SmallBroker();

        var committed = await broker.AskAsync<OffsetCommitRequest, OffsetCommitResponse>(new()
        {
            GroupId = "g",
            Topics =
            [
                new() { Name = "none", Partitions = [Offset(0, 1)] },
                new() { Name = "t", Partitions = [Offset(2, 2), Offset(0, 3), Offset(-1, 4), Offset(1, 5, new string('m', 5000))] },
            ],
        });
        var fetched = await FetchAsync(broker, new() { Name = "t", PartitionIndexes = [0, 1, 9] });

        Assert.Equal(["none", "t"], committed.Topics.Select(topic => topic.Name));
        Assert.Equal(
            [(0, 3), (2, 3), (0, 0), (-1, 3), (1, 12)],
            committed.Topics.SelectMany(topic => topic.Partitions).Select(one => (one.PartitionIndex, (int)one.ErrorCode)));
        Assert.Equal([(0, 3L, "é"), (1, -1L, ""), (9, -1L, "")], fetched);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_group_without_offsets_has_minus_one_and_no_error(short version)
    {
        using var broker = new SmallBroker();
        OffsetFetchRequest.Topic[] topics = [new() { Name = "t", PartitionIndexes = [1] }];

        var answer = await broker.AskAsync<OffsetFetchRequest, OffsetFetchResponse>(
            new() { GroupId = "g", Topics = topics, Groups = [new() { GroupId = "g", Topics = topics }] }, version);

        var partition = Assert.Single(Assert.Single(version < 8 ? answer.Topics : answer.Groups[0].Topics).Partitions);
        Assert.Equal((-1, -1, "", ErrorCode.None), (partition.CommittedOffset, partition.CommittedLeaderEpoch, partition.Metadata, partition.ErrorCode));
    }

    [Fact]
    public async Task All_offsets_of_a_group_are_those_of_topics_that_the_client_may_describe()
    {
        using var broker = new SmallBroker(allowsAll: false);
        broker.Metadata.Update<bool>(_ => ([new MetadataChange.TopicCreated(SmallBroker.Topic("u"))], true));
        broker.Allow(ResourceType.Group, "g", AclOperation.Read);
        broker.Allow(ResourceType.Topic, "t", AclOperation.Read);
        broker.Allow(ResourceType.Topic, "u", AclOperation.Read);
        await CommitAsync(broker, "t");
        await CommitAsync(broker, "u");
        broker.Metadata.Update<bool>(image => (
            [.. image.Acls.Acls.Where(acl => acl.Resource.Name == "u").Select(acl => new MetadataChange.AclRemoved(acl))], true));

        var answer = await broker.AskAsync<OffsetFetchRequest, OffsetFetchResponse>(new() { GroupId = "g", Topics = null }, version: 5);
        var asked = await FetchAsync(broker, new() { Name = "u", PartitionIndexes = [0] });

        Assert.Equal("t", Assert.Single(answer.Topics).Name);
        Assert.Equal([(0, -1L, "")], asked);
    }

    [Fact]
    public async Task The_oldest_OffsetFetch_has_room_for_the_groups_error_in_its_partitions_only()
    {
        using var broker = new SmallBroker(allowsAll: false);

        var answer = await broker.AskAsync<OffsetFetchRequest, OffsetFetchResponse>(
            new() { GroupId = "g", Topics = [new() { Name = "t", PartitionIndexes = [0] }] }, version: 1);

        Assert.Equal(ErrorCode.GroupAuthorizationFailed, Assert.Single(Assert.Single(answer.Topics).Partitions).ErrorCode);
    }

    [Fact]
    public async Task Offsets_are_deleted_where_nobody_reads_and_groups_once_they_are_empty()
    {
        using var broker = new SmallBroker();
        await CommitAsync(broker, "t");
        var listed = await broker.AskAsync<ListGroupsRequest, ListGroupsResponse>(new() { StatesFilter = ["empty"], TypesFilter = ["Classic"] });

        var deleted = await broker.AskAsync<OffsetDeleteRequest, OffsetDeleteResponse>(new()
        {
            GroupId = "g",
            Topics = [new() { Name = "t", Partitions = [new() { PartitionIndex = 7 }, new() { PartitionIndex = 0 }] }],
        });
        var unknown = await broker.AskAsync<OffsetDeleteRequest, OffsetDeleteResponse>(new() { GroupId = "nobody" });
        var groups = await broker.AskAsync<DeleteGroupsRequest, DeleteGroupsResponse>(new() { GroupsNames = ["g", "nobody", "g"] });

        Assert.Equal(("g", "Empty", "classic"), Assert.Single(listed.Groups.Select(one => (one.GroupId, one.GroupState, one.GroupType))));
        Assert.Equal([3, 0], deleted.Topics[0].Partitions.Select(one => (int)one.ErrorCode));
        Assert.Equal(ErrorCode.GroupIdNotFound, unknown.ErrorCode);
        Assert.Equal([("g", 0), ("nobody", 69)], groups.Results.Select(one => (one.GroupId, (int)one.ErrorCode)));
    }

    private static JoinGroupRequest Joining(string memberId) => new()
    {
        GroupId = "g",
        SessionTimeoutMs = 10_000,
        RebalanceTimeoutMs = 60_000,
        MemberId = memberId,
        ProtocolType = "consumer",
        Protocols = [new() { Name = "range", Metadata = "subscribed"u8.ToArray() }],
    };

    private static OffsetCommitRequest.Partition Offset(int partition, long offset, string metadata = "é") =>
        new() { PartitionIndex = partition, CommittedOffset = offset, CommittedMetadata = metadata };

    private static async Task CommitAsync(SmallBroker broker, string topic) =>
        Assert.Equal(ErrorCode.None, (await broker.AskAsync<OffsetCommitRequest, OffsetCommitResponse>(
            new() { GroupId = "g", Topics = [new() { Name = topic, Partitions = [Offset(0, 3)] }] })).Topics[0].Partitions[0].ErrorCode);

    private static async Task<IEnumerable<(int Partition, long Offset, string Metadata)>> FetchAsync(
        SmallBroker broker, OffsetFetchRequest.Topic topic)
    {
        var answer = await broker.AskAsync<OffsetFetchRequest, OffsetFetchResponse>(
            new() { Groups = [new() { GroupId = "g", Topics = [topic] }] });
        return answer.Groups[0].Topics.SelectMany(one => one.Partitions)
            .Select(one => (one.PartitionIndex, one.CommittedOffset, one.Metadata ?? "null"));
    }
}
