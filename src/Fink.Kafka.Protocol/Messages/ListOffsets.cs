using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>ListOffsets, key 2: the offset at or after a timestamp, for each partition asked about.</summary>
/// <remarks>v2 isolation level, throttle time. v4 leader epochs. v6 flexible. v7 timestamp -3: the record with the newest timestamp.</remarks>
public sealed class ListOffsetsRequest : IRequest<ListOffsetsRequest, ListOffsetsResponse>
{
    public static ApiKey Key => ApiKey.ListOffsets;

    public static ApiVersions Versions => new(Oldest: 1, Newest: 7, FlexibleFrom: 6);

    public int ReplicaId;
    public IsolationLevel IsolationLevel;
    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ReplicaId);
        if (visitor.Version >= 2) visitor.Enum8(ref IsolationLevel);
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
        public long Timestamp;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            if (visitor.Version >= 4) visitor.Int32(ref CurrentLeaderEpoch);
            visitor.Int64(ref Timestamp);
            visitor.NoTags();
        }
    }
}

public sealed class ListOffsetsResponse : IResponse
{
    public int ThrottleTimeMs;
    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 2) visitor.Int32(ref ThrottleTimeMs);
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
        public long Timestamp = -1;
        public long Offset = -1;
        public int LeaderEpoch = -1;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Error(ref ErrorCode);
            visitor.Int64(ref Timestamp);
            visitor.Int64(ref Offset);
            if (visitor.Version >= 4) visitor.Int32(ref LeaderEpoch);
            visitor.NoTags();
        }
    }
}
