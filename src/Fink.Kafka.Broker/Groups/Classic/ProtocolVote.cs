namespace Fink.Kafka.Broker.Groups.Classic;

/// <summary>How members agree on one protocol: of those that all support, the one that most prefer.</summary>
internal static class ProtocolVote
{
    /// <summary>The protocol of the next generation; between equals, the one voted for first.</summary>
    public static string Select(IReadOnlyCollection<GroupMember> members)
    {
        var candidates = members.First().Protocols
            .Select(protocol => protocol.Name)
            .Where(name => members.All(member => member.Supports(name)))
            .ToHashSet();
        return members
            .Select(member => member.Protocols.First(protocol => candidates.Contains(protocol.Name)).Name)
            .CountBy(name => name)
            .MaxBy(votes => votes.Value)
            .Key;
    }
}
