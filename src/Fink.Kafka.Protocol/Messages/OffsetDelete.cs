using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>OffsetDelete, key 47: forgets offsets of a group for topics that it is not subscribed to.</summary>
public sealed class OffsetDeleteRequest : IRequest<OffsetDeleteRequest, OffsetDeleteResponse>
{
    public static ApiKey Key => ApiKey.OffsetDelete;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 0, FlexibleFrom: ApiVersions.NeverFlexible);

    public string GroupId = "";
    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.String(ref GroupId);
        visitor.Structs(ref Topics);
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
        }
    }

    public struct Partition() : IWireStruct
    {
        public int PartitionIndex;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
        }
    }
}

public sealed class OffsetDeleteResponse : IResponse
{
    public ErrorCode ErrorCode;
    public int ThrottleTimeMs;
    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Error(ref ErrorCode);
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Topics);
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
        }
    }

    public struct Partition() : IWireStruct
    {
        public int PartitionIndex;
        public ErrorCode ErrorCode;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Error(ref ErrorCode);
        }
    }
}
