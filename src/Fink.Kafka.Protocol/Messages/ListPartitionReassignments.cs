using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>ListPartitionReassignments, key 46: partitions on the move.</summary>
public sealed class ListPartitionReassignmentsRequest : IRequest<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>
{
    public static ApiKey Key => ApiKey.ListPartitionReassignments;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 0, FlexibleFrom: 0);

    public int TimeoutMs = 60000;
    public Topic[]? Topics;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref TimeoutMs);
        visitor.NullableStructs(ref Topics);
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

public sealed class ListPartitionReassignmentsResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public string? ErrorMessage;
    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        visitor.NullableString(ref ErrorMessage);
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
        public int[] Replicas = [];
        public int[] AddingReplicas = [];
        public int[] RemovingReplicas = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Int32s(ref Replicas);
            visitor.Int32s(ref AddingReplicas);
            visitor.Int32s(ref RemovingReplicas);
            visitor.NoTags();
        }
    }
}
