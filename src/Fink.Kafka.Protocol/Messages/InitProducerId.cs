using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>InitProducerId, key 22: an id and epoch for an idempotent or transactional producer.</summary>
/// <remarks>v2 flexible. v3 a producer may name the id it has. v4 a new error code.</remarks>
public sealed class InitProducerIdRequest : IRequest<InitProducerIdRequest, InitProducerIdResponse>
{
    public static ApiKey Key => ApiKey.InitProducerId;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 4, FlexibleFrom: 2);

    public string? TransactionalId;
    public int TransactionTimeoutMs;
    public long ProducerId = -1;
    public short ProducerEpoch = -1;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.NullableString(ref TransactionalId);
        visitor.Int32(ref TransactionTimeoutMs);
        if (visitor.Version >= 3) visitor.Int64(ref ProducerId);
        if (visitor.Version >= 3) visitor.Int16(ref ProducerEpoch);
        visitor.NoTags();
    }
}

public sealed class InitProducerIdResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public long ProducerId = -1;
    public short ProducerEpoch;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        visitor.Int64(ref ProducerId);
        visitor.Int16(ref ProducerEpoch);
        visitor.NoTags();
    }
}
