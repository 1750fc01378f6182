
namespace Fink.Kafka.Broker.Tests.Permissions;

using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using ResourceType = Fink.Kafka.Protocol.Values.ResourceType;

internal static class Rights
{
    public static Right Topic(AclOperation operation) => new(ResourceType.Topic, operation);

    public static Right Group(AclOperation operation) => new(ResourceType.Group, operation);

    public static Right Cluster(AclOperation operation) => new(ResourceType.Cluster, operation);

    public static Right TransactionalId(AclOperation operation) => new(ResourceType.TransactionalId, operation);
}
