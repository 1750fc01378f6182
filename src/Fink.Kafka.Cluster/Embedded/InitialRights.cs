using Fink.Kafka.Broker;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Cluster.Embedded;

/// <summary><see cref="FirstRights"/> as the embedded broker takes them. The names are Kafka's on both sides.</summary>
internal static class InitialRights
{
    public static IReadOnlyList<InitialAcl> For(string host, string? distributionTopic) =>
    [
        .. FirstRights.For(host, distributionTopic).Select(acl =>
            new InitialAcl(acl.Principal, Same<AclOperation>(acl.Operation), Same<ResourceType>(acl.Resource.Type), acl.Resource.Name)
            {
                Pattern = Same<PatternType>(acl.Resource.Pattern),
                Host = acl.Host,
                Permission = Same<AclPermissionType>(acl.Permission),
            }),
    ];

    private static T Same<T>(Enum value)
        where T : struct, Enum => Enum.Parse<T>(value.ToString());
}
