using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>OffsetForLeaderEpoch, key 23: where the records of a leader epoch end, so that a client sees what was cut off.</summary>
/// <remarks>v3 replica id. v4 flexible.</remarks>
public sealed class OffsetForLeaderEpochRequest : IRequest<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse>
{
    public static ApiKey Key => ApiKey.OffsetForLeaderEpoch;

    public static ApiVersions Versions => new(Oldest: 2, Newest: 4, FlexibleFrom: 4);

    public int ReplicaId = -2;
    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 3) visitor.Int32(ref ReplicaId);
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
        public int CurrentLeaderEpoch = -1;
        public int LeaderEpoch;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Int32(ref CurrentLeaderEpoch);
            visitor.Int32(ref LeaderEpoch);
            visitor.NoTags();
        }
    }
}

public sealed class OffsetForLeaderEpochResponse : IResponse
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
        public ErrorCode ErrorCode;
        public int PartitionIndex;
        public int LeaderEpoch = -1;
        public long EndOffset = -1;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.Int32(ref PartitionIndex);
            visitor.Int32(ref LeaderEpoch);
            visitor.Int64(ref EndOffset);
            visitor.NoTags();
        }
    }
}
