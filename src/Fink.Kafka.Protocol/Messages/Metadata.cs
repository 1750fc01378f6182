using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>Metadata, key 3: brokers and topics: who leads which partition. May create topics.</summary>
/// <remarks>
/// v0 an empty list asks for all topics; from v1 null does, and empty asks for none. v1 controller, racks. v2 cluster id.
/// v4 creation can be declined. v5 offline replicas. v7 leader epochs. v8 authorized operations (those of the cluster until v10).
/// v9 flexible. v10 topic ids in the answer. v12 topics by id.
/// </remarks>
public sealed class MetadataRequest : IRequest<MetadataRequest, MetadataResponse>
{
    public static ApiKey Key => ApiKey.Metadata;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 12, FlexibleFrom: 9);

    public Topic[]? Topics;
    public bool AllowAutoTopicCreation = true;
    public bool IncludeClusterAuthorizedOperations;
    public bool IncludeTopicAuthorizedOperations;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.NullableStructs(ref Topics, nullableFrom: 1);
        if (visitor.Version >= 4) visitor.Bool(ref AllowAutoTopicCreation);
        if (visitor.Version is >= 8 and <= 10) visitor.Bool(ref IncludeClusterAuthorizedOperations);
        if (visitor.Version >= 8) visitor.Bool(ref IncludeTopicAuthorizedOperations);
        visitor.NoTags();
    }

    public struct Topic() : IWireStruct
    {
        public Guid TopicId;
        public string? Name;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            if (visitor.Version >= 10) visitor.Uuid(ref TopicId);
            visitor.NullableString(ref Name, nullableFrom: 10);
            visitor.NoTags();
        }
    }
}

public sealed class MetadataResponse : IResponse
{
    public int ThrottleTimeMs;
    public Broker[] Brokers = [];
    public string? ClusterId;
    public int ControllerId = -1;
    public Topic[] Topics = [];
    public int ClusterAuthorizedOperations = int.MinValue;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 3) visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Brokers);
        if (visitor.Version >= 2) visitor.NullableString(ref ClusterId);
        if (visitor.Version >= 1) visitor.Int32(ref ControllerId);
        visitor.Structs(ref Topics);
        if (visitor.Version is >= 8 and <= 10) visitor.Int32(ref ClusterAuthorizedOperations);
        visitor.NoTags();
    }

    public struct Broker() : IWireStruct
    {
        public int NodeId;
        public string Host = "";
        public int Port;
        public string? Rack;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref NodeId);
            visitor.String(ref Host);
            visitor.Int32(ref Port);
            if (visitor.Version >= 1) visitor.NullableString(ref Rack);
            visitor.NoTags();
        }
    }

    public struct Topic() : IWireStruct
    {
        public ErrorCode ErrorCode;
        public string? Name;
        public Guid TopicId;
        public bool IsInternal;
        public Partition[] Partitions = [];
        public int TopicAuthorizedOperations = int.MinValue;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref Name, nullableFrom: 12);
            if (visitor.Version >= 10) visitor.Uuid(ref TopicId);
            if (visitor.Version >= 1) visitor.Bool(ref IsInternal);
            visitor.Structs(ref Partitions);
            if (visitor.Version >= 8) visitor.Int32(ref TopicAuthorizedOperations);
            visitor.NoTags();
        }
    }

    public struct Partition() : IWireStruct
    {
        public ErrorCode ErrorCode;
        public int PartitionIndex;
        public int LeaderId;
        public int LeaderEpoch = -1;
        public int[] ReplicaNodes = [];
        public int[] IsrNodes = [];
        public int[] OfflineReplicas = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.Int32(ref PartitionIndex);
            visitor.Int32(ref LeaderId);
            if (visitor.Version >= 7) visitor.Int32(ref LeaderEpoch);
            visitor.Int32s(ref ReplicaNodes);
            visitor.Int32s(ref IsrNodes);
            if (visitor.Version >= 5) visitor.Int32s(ref OfflineReplicas);
            visitor.NoTags();
        }
    }
}
