using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>EndTxn, key 26: commits or aborts a transaction.</summary>
/// <remarks>v3 flexible.</remarks>
public sealed class EndTxnRequest : IRequest<EndTxnRequest, EndTxnResponse>
{
    public static ApiKey Key => ApiKey.EndTxn;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 3, FlexibleFrom: 3);

    public string TransactionalId = "";
    public long ProducerId;
    public short ProducerEpoch;
    public bool Committed;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.String(ref TransactionalId);
        visitor.Int64(ref ProducerId);
        visitor.Int16(ref ProducerEpoch);
        visitor.Bool(ref Committed);
        visitor.NoTags();
    }
}

public sealed class EndTxnResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        visitor.NoTags();
    }
}
