using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>AddPartitionsToTxn, key 24: partitions take part in a transaction.</summary>
/// <remarks>v3 flexible.</remarks>
public sealed class AddPartitionsToTxnRequest : IRequest<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse>
{
    public static ApiKey Key => ApiKey.AddPartitionsToTxn;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 3, FlexibleFrom: 3);

    public string TransactionalId = "";
    public long ProducerId;
    public short ProducerEpoch;
    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.String(ref TransactionalId);
        visitor.Int64(ref ProducerId);
        visitor.Int16(ref ProducerEpoch);
        visitor.Structs(ref Topics);
        visitor.NoTags();
    }

    public struct Topic() : IWireStruct
    {
        public string Name = "";
        public int[] Partitions = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Int32s(ref Partitions);
            visitor.NoTags();
        }
    }
}

public sealed class AddPartitionsToTxnResponse : IResponse
{
    public int ThrottleTimeMs;
    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Topics);
        visitor.NoTags();
    }

    public struct Topic() : IWireStruct
    {
        public string Name = "";
        public Partition[] Partitions = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Structs(ref Partitions);
            visitor.NoTags();
        }
    }

    public struct Partition() : IWireStruct
    {
        public int PartitionIndex;
        public ErrorCode PartitionErrorCode;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Error(ref PartitionErrorCode);
            visitor.NoTags();
        }
    }
}
