using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Permissions;

using static Answers;
using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using CoordinatorType = Fink.Kafka.Protocol.Values.CoordinatorType;

/// <summary>Groups and their offsets. Transactional ids have no coordinator before there are transactions.</summary>
internal static class GroupCases
{
    public static IEnumerable<PermissionCase> All =>
    [
        new("FindCoordinator", Rights.Group(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<FindCoordinatorRequest, FindCoordinatorResponse>(
                    new() { KeyType = CoordinatorType.Group, CoordinatorKeys = [on.Group] }, cancellation);
                var one = Assert.Single(answer.Coordinators);
                return $"{(int)one.ErrorCode} {(one.NodeId < 0 ? "nobody" : "a node")}";
            },
        },
        new("FindCoordinator v2", Rights.Group(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<FindCoordinatorRequest, FindCoordinatorResponse>(
                    new() { KeyType = CoordinatorType.Group, CoordinatorKey = on.Group }, cancellation, version: 2);
                return $"{(int)answer.ErrorCode} {(answer.NodeId < 0 ? "nobody" : "a node")}";
            },
        },
        new("JoinGroup", Rights.Group(AclOperation.Read), Rights.Group(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) => Code((await client.AskAsync<JoinGroupRequest, JoinGroupResponse>(
                new()
                {
                    GroupId = on.Group,
                    SessionTimeoutMs = 10_000,
                    RebalanceTimeoutMs = 10_000,
                    ProtocolType = "consumer",
                    Protocols = [new() { Name = "range" }],
                },
                cancellation)).ErrorCode),
        },
        new("SyncGroup", Rights.Group(AclOperation.Read))
        {
            Ask = async (client, on, cancellation) => Code((await client.AskAsync<SyncGroupRequest, SyncGroupResponse>(
                new() { GroupId = on.Group, MemberId = "m", ProtocolType = "consumer", ProtocolName = "range" },
                cancellation)).ErrorCode),
        },
        new("SyncGroup without a protocol", Rights.Group(AclOperation.Read))
        {
            Ask = async (client, on, cancellation) => Code((await client.AskAsync<SyncGroupRequest, SyncGroupResponse>(
                new() { GroupId = on.Group, MemberId = "m" }, cancellation)).ErrorCode),
        },
        new("Heartbeat", Rights.Group(AclOperation.Read))
        {
            Ask = async (client, on, cancellation) => Code((await client.AskAsync<HeartbeatRequest, HeartbeatResponse>(
                new() { GroupId = on.Group, MemberId = "m" }, cancellation)).ErrorCode),
        },
        new("LeaveGroup", Rights.Group(AclOperation.Read))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<LeaveGroupRequest, LeaveGroupResponse>(
                    new() { GroupId = on.Group, Members = [new() { MemberId = "m" }] }, cancellation);
                return $"{(int)answer.ErrorCode} members {Codes(answer.Members.Select(member => member.ErrorCode))}";
            },
        },
        new("LeaveGroup v2", Rights.Group(AclOperation.Read))
        {
            Ask = async (client, on, cancellation) => Code((await client.AskAsync<LeaveGroupRequest, LeaveGroupResponse>(
                new() { GroupId = on.Group, MemberId = "m" }, cancellation, version: 2)).ErrorCode),
        },
        new("DescribeGroups", Rights.Group(AclOperation.Describe), Rights.Group(AclOperation.Delete))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<DescribeGroupsRequest, DescribeGroupsResponse>(
                    new() { Groups = [on.Group], IncludeAuthorizedOperations = true }, cancellation);
                var one = Assert.Single(answer.Groups);
                return $"{(int)one.ErrorCode} '{one.GroupState}' operations {one.AuthorizedOperations}";
            },
        },
        new("ListGroups", Rights.Group(AclOperation.Describe), Rights.Cluster(AclOperation.Describe))
        {
            Prepare = CommitAsync,
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<ListGroupsRequest, ListGroupsResponse>(new(), cancellation);
                return $"{(int)answer.ErrorCode} {(answer.Groups.Any(group => group.GroupId == on.Group) ? "listed" : "left out")}";
            },
        },
        new("DeleteGroups", Rights.Group(AclOperation.Delete))
        {
            Prepare = CommitAsync,
            Ask = async (client, on, cancellation) => Codes((await client.AskAsync<DeleteGroupsRequest, DeleteGroupsResponse>(
                new() { GroupsNames = [on.Group] }, cancellation)).Results.Select(result => result.ErrorCode)),
        },
    ];

    public static IEnumerable<PermissionCase> Offsets =>
    [
        new("OffsetCommit", Rights.Group(AclOperation.Read), Rights.Topic(AclOperation.Read))
        {
            Ask = async (client, on, cancellation) => Codes((await CommitOffsetAsync(client, on, cancellation))
                .Topics.SelectMany(topic => topic.Partitions).Select(partition => partition.ErrorCode)),
        },
        new("OffsetCommit of a missing topic", Rights.Group(AclOperation.Read), Rights.Topic(AclOperation.Read))
        {
            Topic = TopicKind.Missing,
            Ask = async (client, on, cancellation) => Codes((await CommitOffsetAsync(client, on, cancellation))
                .Topics.SelectMany(topic => topic.Partitions).Select(partition => partition.ErrorCode)),
        },
        new("OffsetFetch", Rights.Group(AclOperation.Describe), Rights.Topic(AclOperation.Describe))
        {
            Prepare = CommitAsync,
            Ask = (client, on, cancellation) =>
                FetchAsync(client, on, [new() { Name = on.Topic, PartitionIndexes = [0] }], cancellation),
        },
        new("OffsetFetch of all", Rights.Group(AclOperation.Describe), Rights.Topic(AclOperation.Describe))
        {
            Prepare = CommitAsync,
            Ask = (client, on, cancellation) => FetchAsync(client, on, null, cancellation),
        },
        new("OffsetFetch v7", Rights.Group(AclOperation.Describe), Rights.Topic(AclOperation.Describe))
        {
            Prepare = CommitAsync,
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<OffsetFetchRequest, OffsetFetchResponse>(
                    new() { GroupId = on.Group, Topics = [new() { Name = on.Topic, PartitionIndexes = [0] }] },
                    cancellation,
                    version: 7);
                return $"{(int)answer.ErrorCode} " + Partitions(answer.Topics);
            },
        },
        new("OffsetDelete", Rights.Group(AclOperation.Delete), Rights.Topic(AclOperation.Read))
        {
            Prepare = CommitAsync,
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<OffsetDeleteRequest, OffsetDeleteResponse>(
                    new() { GroupId = on.Group, Topics = [new() { Name = on.Topic, Partitions = [new()] }] }, cancellation);
                return $"{(int)answer.ErrorCode} "
                    + Codes(answer.Topics.SelectMany(topic => topic.Partitions).Select(partition => partition.ErrorCode));
            },
        },
    ];

    private static async Task CommitAsync(WireClient client, Resources on, CancellationToken cancellationToken)
    {
        var answer = await CommitOffsetAsync(client, on, cancellationToken);
        Assert.Equal("0", Codes(answer.Topics.SelectMany(topic => topic.Partitions).Select(partition => partition.ErrorCode)));
    }

    private static Task<OffsetCommitResponse> CommitOffsetAsync(
        WireClient client, Resources on, CancellationToken cancellationToken) =>
        client.AskAsync<OffsetCommitRequest, OffsetCommitResponse>(
            new()
            {
                GroupId = on.Group,
                Topics = [new() { Name = on.Topic, Partitions = [new() { CommittedOffset = 7, CommittedMetadata = "m" }] }],
            },
            cancellationToken);

    private static async Task<string> FetchAsync(
        WireClient client, Resources on, OffsetFetchRequest.Topic[]? topics, CancellationToken cancellationToken)
    {
        var answer = await client.AskAsync<OffsetFetchRequest, OffsetFetchResponse>(
            new() { Groups = [new() { GroupId = on.Group, Topics = topics }] }, cancellationToken);
        var group = Assert.Single(answer.Groups);
        return $"{(int)group.ErrorCode} " + Partitions(group.Topics);
    }

    private static string Partitions(IEnumerable<OffsetFetchResponse.Topic> topics) =>
        string.Join(';', topics.SelectMany(topic => topic.Partitions)
            .Select(one => $"{(int)one.ErrorCode}@{one.CommittedOffset} '{one.Metadata}'"));
}
