using Fink.Kafka.Broker.Groups.Rebalancing;
using Fink.Kafka.Broker.Groups.Requests;

namespace Fink.Kafka.Broker.Groups.Classic;

/// <summary>A member of a classic group. Guarded, as all of a group, by the coordinator's gate.</summary>
internal sealed class GroupMember
{
    public required string Id { get; init; }

    public string? InstanceId { get; init; }

    public required string ClientId { get; init; }

    public required string ClientHost { get; init; }

    public required string ProtocolType { get; init; }

    public TimeSpan SessionTimeout { get; private set; }

    public TimeSpan RebalanceTimeout { get; private set; }

    /// <summary>In the member's order of preference.</summary>
    public IReadOnlyList<MemberProtocol> Protocols { get; private set; } = [];

    /// <summary>At most, without its assignment.</summary>
    public long BytesWrittenDown => MostBytesWrittenDown(ClientId, InstanceId, Protocols);

    public ReadOnlyMemory<byte> Assignment { get; set; }

    public bool IsStatic => InstanceId is not null;

    /// <summary>Until its first generation. A new member can expire while it waits: it may not know its id, and return as another.</summary>
    public bool IsNew { get; set; }

    /// <summary>False for a new member of an old client, which is told its id with its first generation.</summary>
    public bool CanReturn => !IsNew || KnewItsIdWhenNew;

    public bool KnewItsIdWhenNew { get; init; }

    public TaskCompletionSource<JoinResult>? AwaitedJoin { get; set; }

    public TaskCompletionSource<SyncResult>? AwaitedSync { get; set; }

    /// <summary>When the member is given up unless it shows itself.</summary>
    public Deadline? Session { get; set; }

    /// <summary>Who waits for an answer of ours cannot send heartbeats.</summary>
    public bool IsKeptAliveByWaiting => !IsNew && (AwaitedJoin is not null || AwaitedSync is not null);

    /// <summary>What a member takes in the journal, by all that its client decides.</summary>
    public static long MostBytesWrittenDown(string clientId, string? instanceId, IReadOnlyList<MemberProtocol> protocols)
    {
        const int Utf8 = 3;
        const int Rest = 256;
        return protocols.Sum(protocol => (long)protocol.Metadata.Length + (Utf8 * protocol.Name.Length) + Rest)
            + (Utf8 * 2L * (clientId.Length + (instanceId?.Length ?? 0))) + Rest;
    }

    public void Update(IReadOnlyList<MemberProtocol> protocols, TimeSpan sessionTimeout, TimeSpan rebalanceTimeout)
    {
        // What came with a request lies in the connection's buffer, which is used again.
        Protocols = [.. protocols.Select(protocol => protocol with { Metadata = protocol.Metadata.ToArray() })];
        SessionTimeout = sessionTimeout;
        RebalanceTimeout = rebalanceTimeout;
    }

    public bool Supports(string protocolName)
    {
        foreach (var protocol in Protocols)
        {
            if (protocol.Name == protocolName) return true;
        }
        return false;
    }

    public ReadOnlyMemory<byte> MetadataFor(string? protocolName)
    {
        foreach (var protocol in Protocols)
        {
            if (protocol.Name == protocolName) return protocol.Metadata;
        }
        return default;
    }

    /// <summary>The same names in the same order with the same bytes.</summary>
    public bool Matches(IReadOnlyList<MemberProtocol> protocols)
    {
        if (protocols.Count != Protocols.Count) return false;
        for (var i = 0; i < protocols.Count; i++)
        {
            if (protocols[i].Name != Protocols[i].Name) return false;
            if (!protocols[i].Metadata.Span.SequenceEqual(Protocols[i].Metadata.Span)) return false;
        }
        return true;
    }

    /// <summary>Answers the join that waits, if one does.</summary>
    public void AnswerJoin(JoinResult result)
    {
        AwaitedJoin?.TrySetResult(result);
        AwaitedJoin = null;
    }

    /// <returns>Whether a sync was waiting.</returns>
    public bool AnswerSync(SyncResult result)
    {
        var waited = AwaitedSync is not null;
        AwaitedSync?.TrySetResult(result);
        AwaitedSync = null;
        return waited;
    }
}
