using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;
namespace Fink.Kafka.Broker.Handlers.Mapping;

/// <summary>Who may see or change configurations: a topic's with a right on it, all others with the same right on the cluster.</summary>
internal static class ConfigRights
{
    private static readonly Refusal Twice = new(ErrorCode.InvalidRequest, "Each resource must appear at most once.");

    /// <summary>Changes each resource that the client may change and names once; an answer for each, in the request's order.</summary>
    public static T[] AnswerEach<T>(
        ConfigResource[] resources,
        Authorizer authorizer,
        RequestContext context,
        Func<int, Refusal?> change,
        Func<ConfigResource, Refusal?, T> answer)
    {
        var isTwice = resources.CountBy(resource => resource).ToDictionary(entry => entry.Key, entry => entry.Value > 1);
        return
        [
            .. resources.Select((resource, at) => answer(
                resource, isTwice[resource] ? Twice : Refuse(authorizer, context, resource) ?? change(at))),
        ];
    }

    /// <summary>Null where the client may do what the request's API does.</summary>
    public static Refusal? Refuse(Authorizer authorizer, RequestContext context, ConfigResource resource)
    {
        var denied = resource.Type == ConfigResourceType.Topic
            ? authorizer.Check(context.Who, ApiPermissions.Rule(context.Key, ResourceType.Topic), resource.Name)
            : authorizer.Check(context.Who, ApiPermissions.Rule(context.Key, ResourceType.Cluster), ResourcePattern.ClusterName);
        return denied == ErrorCode.None ? null : new Refusal(denied);
    }
}
