using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>ElectLeaders, key 43: elects leaders for partitions.</summary>
/// <remarks>v1 unclean elections. v2 flexible.</remarks>
public sealed class ElectLeadersRequest : IRequest<ElectLeadersRequest, ElectLeadersResponse>
{
    public static ApiKey Key => ApiKey.ElectLeaders;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 2, FlexibleFrom: 2);

    public ElectionType ElectionType;
    public Topic[]? TopicPartitions;
    public int TimeoutMs = 60000;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 1) visitor.Enum8(ref ElectionType);
        visitor.NullableStructs(ref TopicPartitions);
        visitor.Int32(ref TimeoutMs);
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

public sealed class ElectLeadersResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public Topic[] ReplicaElectionResults = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        if (visitor.Version >= 1) visitor.Error(ref ErrorCode);
        visitor.Structs(ref ReplicaElectionResults);
        visitor.NoTags();
    }

    public struct Topic() : IWireStruct
    {
        public string Name = "";
        public Partition[] PartitionResult = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Structs(ref PartitionResult);
            visitor.NoTags();
        }
    }

    public struct Partition() : IWireStruct
    {
        public int PartitionId;
        public ErrorCode ErrorCode;
        public string? ErrorMessage;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionId);
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            visitor.NoTags();
        }
    }
}
