using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>AddOffsetsToTxn, key 25: a group's offsets take part in a transaction.</summary>
/// <remarks>v3 flexible.</remarks>
public sealed class AddOffsetsToTxnRequest : IRequest<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse>
{
    public static ApiKey Key => ApiKey.AddOffsetsToTxn;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 3, FlexibleFrom: 3);

    public string TransactionalId = "";
    public long ProducerId;
    public short ProducerEpoch;
    public string GroupId = "";

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.String(ref TransactionalId);
        visitor.Int64(ref ProducerId);
        visitor.Int16(ref ProducerEpoch);
        visitor.String(ref GroupId);
        visitor.NoTags();
    }
}

public sealed class AddOffsetsToTxnResponse : IResponse
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
