using Fink.Kafka.Acls;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Security;

/// <summary>
/// What clients that do not log in may do: read alerts, in groups of any name, as each client chooses its own. Groups of
/// ours are closed to them: a member that nobody knows would take a distribution's slices, or Spark's alerts, away. Which other groups
/// belong to users who log in is not known here: whoever runs the cluster closes them.
/// </summary>
internal static class AnonymousRights
{
    /// <summary>Kafka's name for whoever does not log in.</summary>
    private const string Anonymous = "ANONYMOUS";

    public static IReadOnlyList<Acl> For(AnonymousGrant grant) =>
    [
        .. FirstRights.AlertTopics(grant.DistributionTopic)
            .SelectMany(topic => AclSets.Allow(Anonymous, topic, grant.Host, AclOperation.Read, AclOperation.Describe)),
        .. AclSets.Allow(Anonymous, AclResource.Group(AclResource.AnyName), grant.Host, AclOperation.Read),
        .. FirstRights.OwnGroups.SelectMany(group => AclSets.Deny(Anonymous, group, grant.Host, AclOperation.All)),
    ];
}
