using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DeleteRecords, key 21: moves the start of logs forward; offset -1 means the high watermark.</summary>
/// <remarks>v2 flexible.</remarks>
public sealed class DeleteRecordsRequest : IRequest<DeleteRecordsRequest, DeleteRecordsResponse>
{
    public static ApiKey Key => ApiKey.DeleteRecords;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 2, FlexibleFrom: 2);

    public Topic[] Topics = [];
    public int TimeoutMs;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Structs(ref Topics);
        visitor.Int32(ref TimeoutMs);
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
        public long Offset;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Int64(ref Offset);
            visitor.NoTags();
        }
    }
}

public sealed class DeleteRecordsResponse : IResponse
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
        public long LowWatermark;
        public ErrorCode ErrorCode;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Int64(ref LowWatermark);
            visitor.Error(ref ErrorCode);
            visitor.NoTags();
        }
    }
}
