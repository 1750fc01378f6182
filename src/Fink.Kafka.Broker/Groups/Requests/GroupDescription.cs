using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups.Requests;

/// <summary>A group as DescribeGroups shows it; one that does not exist is "Dead", without an error.</summary>
internal sealed record GroupDescription
{
    public ErrorCode Error { get; init; }

    public required string GroupId { get; init; }

    public required string State { get; init; }

    public string ProtocolType { get; init; } = "";

    /// <summary>Empty unless the group is stable.</summary>
    public string Protocol { get; init; } = "";

    public IReadOnlyList<MemberDescription> Members { get; init; } = [];
}

/// <summary>Metadata and assignment are empty unless the group is stable.</summary>
internal sealed record MemberDescription(
    string MemberId,
    string? InstanceId,
    string ClientId,
    string ClientHost,
    ReadOnlyMemory<byte> Metadata,
    ReadOnlyMemory<byte> Assignment);

internal readonly record struct ListedGroup(string GroupId, string ProtocolType, string State)
{
    /// <summary>The only type that this broker has.</summary>
    public const string Type = "classic";
}
