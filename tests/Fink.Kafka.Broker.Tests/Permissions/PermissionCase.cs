
namespace Fink.Kafka.Broker.Tests.Permissions;

using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using ResourceType = Fink.Kafka.Protocol.Values.ResourceType;

/// <summary>Something that a client may be let do to the case's topic, group or transactional id, or to the cluster.</summary>
internal readonly record struct Right(ResourceType On, AclOperation Operation)
{
    public override string ToString() => $"{On}:{Operation}";
}

internal enum TopicKind
{
    /// <summary>One that all cases use and none changes.</summary>
    Shared,

    /// <summary>One that only this case and set of rights has.</summary>
    Own,

    /// <summary>The name of one that does not exist.</summary>
    Missing,
}

/// <summary>What one set of rights of a case works on; no other works on the same.</summary>
internal sealed record Resources(string Topic, Guid TopicId, string Group, string TransactionalId);

/// <summary>Something that a client asks, and the rights that may make a difference: it is asked with every subset of them.</summary>
internal sealed record PermissionCase(string Name, params Right[] Rights)
{
    public TopicKind Topic { get; init; } = TopicKind.Shared;

    /// <summary>Done by the super user before.</summary>
    public Func<WireClient, Resources, CancellationToken, Task> Prepare { get; init; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Asks, and gives the answer's errors, or what it shows, in words.</summary>
    public required Func<WireClient, Resources, CancellationToken, Task<string>> Ask { get; init; }
}
