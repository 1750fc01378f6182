using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DescribeProducers, key 61: producers that are known in partitions.</summary>
public sealed class DescribeProducersRequest : IRequest<DescribeProducersRequest, DescribeProducersResponse>
{
    public static ApiKey Key => ApiKey.DescribeProducers;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 0, FlexibleFrom: 0);

    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Structs(ref Topics);
        visitor.NoTags();
    }

    public struct Topic() : IWireStruct
    {
        public string Name = "";
        public int[] PartitionIndexes = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Int32s(ref PartitionIndexes);
            visitor.NoTags();
        }
    }
}

public sealed class DescribeProducersResponse : IResponse
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
        public ErrorCode ErrorCode;
        public string? ErrorMessage;
        public Producer[] ActiveProducers = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            visitor.Structs(ref ActiveProducers);
            visitor.NoTags();
        }
    }

    public struct Producer() : IWireStruct
    {
        public long ProducerId;
        public int ProducerEpoch;
        public int LastSequence = -1;
        public long LastTimestamp = -1;
        public int CoordinatorEpoch;
        public long CurrentTxnStartOffset = -1;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int64(ref ProducerId);
            visitor.Int32(ref ProducerEpoch);
            visitor.Int32(ref LastSequence);
            visitor.Int64(ref LastTimestamp);
            visitor.Int32(ref CoordinatorEpoch);
            visitor.Int64(ref CurrentTxnStartOffset);
            visitor.NoTags();
        }
    }
}
