using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>Fetch, key 1: record batches from an offset on, for each partition named; waits for data.</summary>
/// <remarks>
/// v5 log start offset. v7 sessions. v9 leader epoch. v11 rack. v12 flexible, truncation detected by epoch. v13 topic ids instead
/// of names. v15 the replica in a tagged field. v16 addresses of new leaders.
/// </remarks>
public sealed class FetchRequest : IRequest<FetchRequest, FetchResponse>, ITaggedStruct
{
    public static ApiKey Key => ApiKey.Fetch;

    public static ApiVersions Versions => new(Oldest: 4, Newest: 16, FlexibleFrom: 12);

    public string? ClusterId;
    public int ReplicaId = -1;
    public Replica ReplicaState = new();
    public int MaxWaitMs;
    public int MinBytes;
    public int MaxBytes = int.MaxValue;
    public IsolationLevel IsolationLevel;
    public int SessionId;
    public int SessionEpoch = -1;
    public Topic[] Topics = [];
    public ForgottenTopic[] ForgottenTopicsData = [];
    public string RackId = "";

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version <= 14) visitor.Int32(ref ReplicaId);
        visitor.Int32(ref MaxWaitMs);
        visitor.Int32(ref MinBytes);
        visitor.Int32(ref MaxBytes);
        visitor.Enum8(ref IsolationLevel);
        if (visitor.Version >= 7) visitor.Int32(ref SessionId);
        if (visitor.Version >= 7) visitor.Int32(ref SessionEpoch);
        visitor.Structs(ref Topics);
        if (visitor.Version >= 7) visitor.Structs(ref ForgottenTopicsData);
        if (visitor.Version >= 11) visitor.String(ref RackId);
        var self = this;
        visitor.Tags(ref self);
    }

    public uint PresentTags(short version) =>
        (ClusterId is null ? 0 : 1u)
        | (version < 15 || ReplicaState is { ReplicaId: -1, ReplicaEpoch: -1 } ? 0 : 1u << 1);

    public bool TryVisitTag<TVisitor>(int tag, ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        switch (tag)
        {
            case 0:
                visitor.NullableString(ref ClusterId);
                return true;
            case 1 when visitor.Version >= 15:
                visitor.Struct(ref ReplicaState);
                return true;
            default:
                return false;
        }
    }

    public struct Replica() : IWireStruct
    {
        public int ReplicaId = -1;
        public long ReplicaEpoch = -1;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref ReplicaId);
            visitor.Int64(ref ReplicaEpoch);
            visitor.NoTags();
        }
    }

    public struct Topic() : IWireStruct
    {
        public string Name = "";
        public Guid TopicId;
        public Partition[] Partitions = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            if (visitor.Version <= 12) visitor.String(ref Name);
            if (visitor.Version >= 13) visitor.Uuid(ref TopicId);
            visitor.Structs(ref Partitions);
            visitor.NoTags();
        }
    }

    public struct ForgottenTopic() : IWireStruct
    {
        public string Name = "";
        public Guid TopicId;
        public int[] Partitions = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            if (visitor.Version <= 12) visitor.String(ref Name);
            if (visitor.Version >= 13) visitor.Uuid(ref TopicId);
            visitor.Int32s(ref Partitions);
            visitor.NoTags();
        }
    }

    public struct Partition() : IWireStruct
    {
        public int PartitionIndex;
        public int CurrentLeaderEpoch = -1;
        public long FetchOffset;
        public int LastFetchedEpoch = -1;
        public long LogStartOffset = -1;
        public int PartitionMaxBytes;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            if (visitor.Version >= 9) visitor.Int32(ref CurrentLeaderEpoch);
            visitor.Int64(ref FetchOffset);
            if (visitor.Version >= 12) visitor.Int32(ref LastFetchedEpoch);
            if (visitor.Version >= 5) visitor.Int64(ref LogStartOffset);
            visitor.Int32(ref PartitionMaxBytes);
            visitor.NoTags();
        }
    }
}

/// <summary>Whole batches per partition, the first of which may begin before the offset asked for.</summary>
public sealed class FetchResponse : IResponse, ITaggedStruct
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public int SessionId;
    public Topic[] Responses = [];
    public NodeEndpoint[] NodeEndpoints = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        if (visitor.Version >= 7) visitor.Error(ref ErrorCode);
        if (visitor.Version >= 7) visitor.Int32(ref SessionId);
        visitor.Structs(ref Responses);
        var self = this;
        visitor.Tags(ref self);
    }

    public uint PresentTags(short version) =>
        version < 16 || NodeEndpoints.Length == 0 ? 0 : 1u;

    public bool TryVisitTag<TVisitor>(int tag, ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        switch (tag)
        {
            case 0 when visitor.Version >= 16:
                visitor.Structs(ref NodeEndpoints);
                return true;
            default:
                return false;
        }
    }

    public struct Topic() : IWireStruct
    {
        public string Name = "";
        public Guid TopicId;
        public Partition[] Partitions = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            if (visitor.Version <= 12) visitor.String(ref Name);
            if (visitor.Version >= 13) visitor.Uuid(ref TopicId);
            visitor.Structs(ref Partitions);
            visitor.NoTags();
        }
    }

    public struct NodeEndpoint() : IWireStruct
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
            visitor.NullableString(ref Rack);
            visitor.NoTags();
        }
    }

    public struct Partition() : ITaggedStruct
    {
        public int PartitionIndex;
        public ErrorCode ErrorCode;
        public long HighWatermark;
        public long LastStableOffset = -1;
        public long LogStartOffset = -1;
        public EpochEndOffset DivergingEpoch = new();
        public LeaderIdAndEpoch CurrentLeader = new();
        public Snapshot SnapshotId = new();
        public AbortedTransaction[]? AbortedTransactions;
        public int PreferredReadReplica = -1;

        /// <summary>Nothing to give is empty, never null: librdkafka takes null for a broken answer.</summary>
        public RecordBytes? Records = RecordBytes.None;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Error(ref ErrorCode);
            visitor.Int64(ref HighWatermark);
            visitor.Int64(ref LastStableOffset);
            if (visitor.Version >= 5) visitor.Int64(ref LogStartOffset);
            visitor.NullableStructs(ref AbortedTransactions);
            if (visitor.Version >= 11) visitor.Int32(ref PreferredReadReplica);
            visitor.Records(ref Records);
            visitor.Tags(ref this);
        }

        public uint PresentTags(short version) =>
            (DivergingEpoch is { Epoch: -1, EndOffset: -1 } ? 0 : 1u)
            | (CurrentLeader is { LeaderId: -1, LeaderEpoch: -1 } ? 0 : 1u << 1)
            | (SnapshotId is { EndOffset: -1, Epoch: -1 } ? 0 : 1u << 2);

        public bool TryVisitTag<TVisitor>(int tag, ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            switch (tag)
            {
                case 0:
                    visitor.Struct(ref DivergingEpoch);
                    return true;
                case 1:
                    visitor.Struct(ref CurrentLeader);
                    return true;
                case 2:
                    visitor.Struct(ref SnapshotId);
                    return true;
                default:
                    return false;
            }
        }
    }

    public struct EpochEndOffset() : IWireStruct
    {
        public int Epoch = -1;
        public long EndOffset = -1;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref Epoch);
            visitor.Int64(ref EndOffset);
            visitor.NoTags();
        }
    }

    public struct LeaderIdAndEpoch() : IWireStruct
    {
        public int LeaderId = -1;
        public int LeaderEpoch = -1;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref LeaderId);
            visitor.Int32(ref LeaderEpoch);
            visitor.NoTags();
        }
    }

    public struct Snapshot() : IWireStruct
    {
        public long EndOffset = -1;
        public int Epoch = -1;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int64(ref EndOffset);
            visitor.Int32(ref Epoch);
            visitor.NoTags();
        }
    }

    public struct AbortedTransaction() : IWireStruct
    {
        public long ProducerId;
        public long FirstOffset;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int64(ref ProducerId);
            visitor.Int64(ref FirstOffset);
            visitor.NoTags();
        }
    }
}
