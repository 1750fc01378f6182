using System.Collections.Frozen;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>What each API must be allowed to do, as Kafka 3.9 in KRaft mode checks it. Handlers look their rules up here.</summary>
internal static class ApiPermissions
{
    private static readonly FrozenDictionary<ApiKey, PermissionRule[]> Rules = new Dictionary<ApiKey, PermissionRule[]>
    {
        [ApiKey.ApiVersions] = [],
        [ApiKey.SaslHandshake] = [],
        [ApiKey.SaslAuthenticate] = [],

        [ApiKey.Produce] = [OnTransactionalId(AclOperation.Write), OnTopic(AclOperation.Write)],
        [ApiKey.Fetch] = [OnTopic(AclOperation.Read)],
        [ApiKey.ListOffsets] = [OnTopic(AclOperation.Describe)],
        [ApiKey.OffsetForLeaderEpoch] =
            [OnTopic(AclOperation.Describe) with { OnClusterInstead = AclOperation.ClusterAction }],
        [ApiKey.DeleteRecords] = [OnTopic(AclOperation.Delete)],
        [ApiKey.InitProducerId] =
        [
            OnTransactionalId(AclOperation.Write),
            OnCluster(AclOperation.IdempotentWrite) with { OnAnyTopicInstead = AclOperation.Write },
        ],
        [ApiKey.DescribeProducers] = [OnTopic(AclOperation.Read)],

        [ApiKey.AddPartitionsToTxn] = [OnTransactionalId(AclOperation.Write), OnTopic(AclOperation.Write)],
        [ApiKey.AddOffsetsToTxn] = [OnTransactionalId(AclOperation.Write), OnGroup(AclOperation.Read)],
        [ApiKey.EndTxn] = [OnTransactionalId(AclOperation.Write)],
        [ApiKey.TxnOffsetCommit] =
            [OnTransactionalId(AclOperation.Write), OnGroup(AclOperation.Read), OnTopic(AclOperation.Read)],
        [ApiKey.DescribeTransactions] =
            [OnTransactionalId(AclOperation.Describe), OnTopic(AclOperation.Describe) with { LeavesOut = true }],
        [ApiKey.ListTransactions] = [OnTransactionalId(AclOperation.Describe) with { LeavesOut = true }],

        [ApiKey.FindCoordinator] = [OnGroup(AclOperation.Describe), OnTransactionalId(AclOperation.Describe)],
        [ApiKey.JoinGroup] = [OnGroup(AclOperation.Read)],
        [ApiKey.SyncGroup] = [OnGroup(AclOperation.Read)],
        [ApiKey.Heartbeat] = [OnGroup(AclOperation.Read)],
        [ApiKey.LeaveGroup] = [OnGroup(AclOperation.Read)],
        [ApiKey.OffsetCommit] = [OnGroup(AclOperation.Read), OnTopic(AclOperation.Read)],
        [ApiKey.OffsetFetch] = [OnGroup(AclOperation.Describe), OnTopic(AclOperation.Describe)],
        [ApiKey.OffsetDelete] = [OnGroup(AclOperation.Delete), OnTopic(AclOperation.Read)],
        [ApiKey.DescribeGroups] = [OnGroup(AclOperation.Describe)],
        [ApiKey.ListGroups] =
            [OnGroup(AclOperation.Describe) with { LeavesOut = true, OnClusterInstead = AclOperation.Describe }],
        [ApiKey.DeleteGroups] = [OnGroup(AclOperation.Delete)],

        // Create is for topics made on demand; the cluster's rights are left out of the answer without Describe.
        [ApiKey.Metadata] =
        [
            OnTopic(AclOperation.Describe),
            OnTopic(AclOperation.Create) with { OnClusterInstead = AclOperation.Create },
            OnCluster(AclOperation.Describe) with { LeavesOut = true },
        ],
        [ApiKey.DescribeCluster] = [OnCluster(AclOperation.Describe) with { LeavesOut = true }],

        // Without DescribeConfigs, the configuration of the new topic is an error of its own in the answer.
        [ApiKey.CreateTopics] =
        [
            OnTopic(AclOperation.Create) with { OnClusterInstead = AclOperation.Create },
            OnTopic(AclOperation.DescribeConfigs),
        ],

        // By id: without Describe, not even the name is told.
        [ApiKey.DeleteTopics] =
        [
            OnTopic(AclOperation.Delete) with { OnClusterInstead = AclOperation.Delete },
            OnTopic(AclOperation.Describe) with { OnClusterInstead = AclOperation.Delete },
        ],
        [ApiKey.CreatePartitions] = [OnTopic(AclOperation.Alter)],
        [ApiKey.DescribeConfigs] = [OnTopic(AclOperation.DescribeConfigs), OnCluster(AclOperation.DescribeConfigs)],
        [ApiKey.AlterConfigs] = [OnTopic(AclOperation.AlterConfigs), OnCluster(AclOperation.AlterConfigs)],
        [ApiKey.IncrementalAlterConfigs] = [OnTopic(AclOperation.AlterConfigs), OnCluster(AclOperation.AlterConfigs)],

        [ApiKey.DescribeAcls] = [OnCluster(AclOperation.Describe)],
        [ApiKey.CreateAcls] = [OnCluster(AclOperation.Alter)],
        [ApiKey.DeleteAcls] = [OnCluster(AclOperation.Alter)],
        [ApiKey.DescribeUserScramCredentials] = [OnCluster(AclOperation.Describe)],
        [ApiKey.AlterUserScramCredentials] = [OnCluster(AclOperation.Alter)],
        [ApiKey.DescribeClientQuotas] = [OnCluster(AclOperation.DescribeConfigs)],
        [ApiKey.AlterClientQuotas] = [OnCluster(AclOperation.AlterConfigs)],
        [ApiKey.DescribeLogDirs] = [OnCluster(AclOperation.Describe)],
        [ApiKey.ListPartitionReassignments] = [OnCluster(AclOperation.Describe)],
        [ApiKey.ElectLeaders] = [OnCluster(AclOperation.Alter)],
    }.ToFrozenDictionary();

    /// <summary>Every rule of an API; none where anybody may ask.</summary>
    public static IReadOnlyList<PermissionRule> Of(ApiKey api) => Rules[api];

    /// <summary>The rule of an API for a type of resource: the first one, or that for an operation where it has several.</summary>
    public static PermissionRule Rule(ApiKey api, ResourceType resource, AclOperation? operation = null)
    {
        foreach (var rule in Rules[api])
        {
            if (rule.Resource == resource && (operation is null || operation == rule.Operation)) return rule;
        }

        throw new InvalidOperationException($"{api} has no rule for {resource} and {operation?.ToString() ?? "any operation"}.");
    }

    private static PermissionRule OnTopic(AclOperation operation) =>
        new(ResourceType.Topic, operation, ErrorCode.TopicAuthorizationFailed);

    private static PermissionRule OnGroup(AclOperation operation) =>
        new(ResourceType.Group, operation, ErrorCode.GroupAuthorizationFailed);

    private static PermissionRule OnTransactionalId(AclOperation operation) =>
        new(ResourceType.TransactionalId, operation, ErrorCode.TransactionalIdAuthorizationFailed);

    private static PermissionRule OnCluster(AclOperation operation) =>
        new(ResourceType.Cluster, operation, ErrorCode.ClusterAuthorizationFailed);
}
