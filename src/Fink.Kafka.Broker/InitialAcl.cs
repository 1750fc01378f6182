using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker;

/// <summary>A rule that holds from the first start on.</summary>
/// <param name="Principal"><c>User:name</c>, or <c>User:*</c> for everybody.</param>
/// <param name="Name">Of the resource; with <see cref="PatternType.Literal"/>, <c>*</c> stands for all of the type.</param>
public sealed record InitialAcl(string Principal, AclOperation Operation, ResourceType Resource, string Name)
{
    public PatternType Pattern { get; init; } = PatternType.Literal;

    /// <summary>A client's address, or <c>*</c> for all.</summary>
    public string Host { get; init; } = "*";

    public AclPermissionType Permission { get; init; } = AclPermissionType.Allow;
}
