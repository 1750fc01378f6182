using Fink.Kafka.Acls;

namespace Fink.Kafka.Cluster.Security;

/// <summary>What the first users may do; admin is a super user and needs no ACL.</summary>
internal static class FirstRights
{
    private const string AlertPrefix = "fink_";
    private const string WorkLists = "fink-work-";
    private const string SparkGroups = "spark-kafka-";

    /// <summary>The groups that the first users join.</summary>
    public static IReadOnlyList<AclResource> OwnGroups { get; } =
        [AclResource.Group(WorkLists, AclPattern.Prefixed), AclResource.Group(SparkGroups, AclPattern.Prefixed)];

    /// <param name="distributionTopic">One whose name does not start with <c>fink_</c>; null for none.</param>
    public static IReadOnlyList<AclResource> AlertTopics(string? distributionTopic) =>
    [
        AclResource.Topic(AlertPrefix, AclPattern.Prefixed),
        .. distributionTopic is null ? Array.Empty<AclResource>() : [AclResource.Topic(distributionTopic)],
    ];

    /// <param name="distributionTopic">A topic that both use although its name does not start with <c>fink_</c>; null for none.</param>
    public static IReadOnlyList<Acl> For(string host, string? distributionTopic)
    {
        var alertTopics = AlertTopics(distributionTopic);
        return
        [
            .. alertTopics.SelectMany(topic => Producer(topic, AclOperation.Write, AclOperation.Describe, AclOperation.Create, AclOperation.DescribeConfigs)),
            .. Producer(
                AclResource.Topic(WorkLists, AclPattern.Prefixed),
                AclOperation.Read, AclOperation.Write, AclOperation.Describe, AclOperation.Create, AclOperation.DescribeConfigs),
            .. Producer(AclResource.Group(WorkLists, AclPattern.Prefixed), AclOperation.Read),
            .. Producer(AclResource.TransactionalId(WorkLists, AclPattern.Prefixed), AclOperation.Write, AclOperation.Describe),
            .. alertTopics.SelectMany(topic => Consumer(topic, AclOperation.Read, AclOperation.Describe)),
            .. Consumer(AclResource.Group(SparkGroups, AclPattern.Prefixed), AclOperation.Read),
        ];

        IReadOnlyList<Acl> Producer(AclResource on, params AclOperation[] operations) => AclSets.Allow(FirstUsers.Producer, on, host, operations);
        IReadOnlyList<Acl> Consumer(AclResource on, params AclOperation[] operations) => AclSets.Allow(FirstUsers.Consumer, on, host, operations);
    }
}
