using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Permissions;

using static Answers;
using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;

/// <summary>Topics and the cluster that has them.</summary>
internal static class TopicCases
{
    public static IEnumerable<PermissionCase> All =>
    [
        new("Metadata", Rights.Topic(AclOperation.Describe), Rights.Topic(AclOperation.Write), Rights.Cluster(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<MetadataRequest, MetadataResponse>(
                    new() { Topics = [new() { Name = on.Topic }], IncludeTopicAuthorizedOperations = true }, cancellation);
                var topic = Assert.Single(answer.Topics);
                return $"{(int)topic.ErrorCode} {(topic.TopicId == Guid.Empty ? "no id" : "an id")} "
                    + $"operations {topic.TopicAuthorizedOperations}";
            },
        },
        new("Metadata v10", Rights.Cluster(AclOperation.Describe), Rights.Cluster(AclOperation.Alter))
        {
            Ask = async (client, on, cancellation) => $"operations " + (await client.AskAsync<MetadataRequest, MetadataResponse>(
                new() { Topics = [], IncludeClusterAuthorizedOperations = true }, cancellation, version: 10))
                .ClusterAuthorizedOperations,
        },
        new("Metadata of all", Rights.Topic(AclOperation.Describe), Rights.Cluster(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<MetadataRequest, MetadataResponse>(new(), cancellation);
                return answer.Topics.Any(topic => topic.Name == on.Topic) ? "listed" : "left out";
            },
        },
        new("Metadata by id", Rights.Topic(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<MetadataRequest, MetadataResponse>(
                    new() { Topics = [new() { TopicId = on.TopicId }] }, cancellation);
                var topic = Assert.Single(answer.Topics);
                return $"{(int)topic.ErrorCode} {(topic.Name is null ? "no name" : "a name")}";
            },
        },
        new("Metadata of a missing topic", Rights.Topic(AclOperation.Describe), Rights.Topic(AclOperation.Create))
        {
            Topic = TopicKind.Missing,
            Ask = async (client, on, cancellation) => Codes((await client.AskAsync<MetadataRequest, MetadataResponse>(
                new() { Topics = [new() { Name = on.Topic }], AllowAutoTopicCreation = false }, cancellation))
                .Topics.Select(topic => topic.ErrorCode)),
        },
        new("DescribeCluster", Rights.Cluster(AclOperation.Describe), Rights.Cluster(AclOperation.Alter))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<DescribeClusterRequest, DescribeClusterResponse>(
                    new() { IncludeClusterAuthorizedOperations = true }, cancellation);
                return $"{(int)answer.ErrorCode} operations {answer.ClusterAuthorizedOperations}";
            },
        },
        new("CreateTopics", Rights.Topic(AclOperation.Create), Rights.Cluster(AclOperation.Create), Rights.Topic(AclOperation.DescribeConfigs))
        {
            Topic = TopicKind.Missing,
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<CreateTopicsRequest, CreateTopicsResponse>(
                    new() { Topics = [new() { Name = on.Topic, NumPartitions = 1, ReplicationFactor = 1 }] }, cancellation);
                var topic = Assert.Single(answer.Topics);
                return $"{(int)topic.ErrorCode} partitions {topic.NumPartitions} configs {(int)topic.TopicConfigErrorCode} "
                    + (topic.Configs?.Length > 0 ? "shown" : "hidden");
            },
        },
        new("DeleteTopics", Rights.Topic(AclOperation.Delete), Rights.Cluster(AclOperation.Delete), Rights.Topic(AclOperation.Describe))
        {
            Topic = TopicKind.Own,
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<DeleteTopicsRequest, DeleteTopicsResponse>(
                    new() { Topics = [new() { Name = on.Topic }], TimeoutMs = 10_000 }, cancellation);
                return Codes(answer.Responses.Select(topic => topic.ErrorCode));
            },
        },
        new("DeleteTopics by id", Rights.Topic(AclOperation.Delete), Rights.Cluster(AclOperation.Delete), Rights.Topic(AclOperation.Describe))
        {
            Topic = TopicKind.Own,
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<DeleteTopicsRequest, DeleteTopicsResponse>(
                    new() { Topics = [new() { TopicId = on.TopicId }], TimeoutMs = 10_000 }, cancellation);
                var topic = Assert.Single(answer.Responses);
                return $"{(int)topic.ErrorCode} {(topic.Name is null ? "no name" : "a name")}";
            },
        },
        new("DeleteTopics of a missing topic", Rights.Topic(AclOperation.Delete), Rights.Topic(AclOperation.Describe))
        {
            Topic = TopicKind.Missing,
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<DeleteTopicsRequest, DeleteTopicsResponse>(
                    new() { Topics = [new() { Name = on.Topic }], TimeoutMs = 10_000 }, cancellation);
                return Codes(answer.Responses.Select(topic => topic.ErrorCode));
            },
        },
        new("CreatePartitions", Rights.Topic(AclOperation.Alter), Rights.Topic(AclOperation.Describe))
        {
            Topic = TopicKind.Own,
            Ask = async (client, on, cancellation) => Codes(
                (await client.AskAsync<CreatePartitionsRequest, CreatePartitionsResponse>(
                    new() { Topics = [new() { Name = on.Topic, Count = 2 }], TimeoutMs = 10_000 }, cancellation))
                .Results.Select(topic => topic.ErrorCode)),
        },
        new("ElectLeaders", Rights.Cluster(AclOperation.Alter))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<ElectLeadersRequest, ElectLeadersResponse>(
                    new() { TopicPartitions = [new() { Name = on.Topic, Partitions = [0] }] }, cancellation);
                return $"{(int)answer.ErrorCode} "
                    + Codes(answer.ReplicaElectionResults.SelectMany(topic => topic.PartitionResult).Select(one => one.ErrorCode));
            },
        },
        new("ListPartitionReassignments", Rights.Cluster(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) => Code(
                (await client.AskAsync<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>(new(), cancellation))
                .ErrorCode),
        },
    ];
}
