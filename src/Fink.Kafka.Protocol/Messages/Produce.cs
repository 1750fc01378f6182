using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>Produce, key 0: appends one record batch to each partition named.</summary>
/// <remarks>
/// v5 log start offset in the answer. v7 zstd allowed. v8 errors per record. v9 flexible. v10 current leader in tagged fields.
/// v11 a new error code. Not read: v0 to v2, which carry older record formats; they are advertised all the same, because
/// librdkafka before 2.11.1 compresses only where v0 is.
/// </remarks>
public sealed class ProduceRequest : IRequest<ProduceRequest, ProduceResponse>
{
    public static ApiKey Key => ApiKey.Produce;

    public static ApiVersions Versions => new(Oldest: 3, Newest: 11, FlexibleFrom: 9);

    public string? TransactionalId;
    public short Acks;
    public int TimeoutMs;
    public Topic[] TopicData = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.NullableString(ref TransactionalId);
        visitor.Int16(ref Acks);
        visitor.Int32(ref TimeoutMs);
        visitor.Structs(ref TopicData);
        visitor.NoTags();
    }

    public struct Topic() : IWireStruct
    {
        public string Name = "";
        public Partition[] PartitionData = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Structs(ref PartitionData);
            visitor.NoTags();
        }
    }

    public struct Partition() : IWireStruct
    {
        public int Index;
        public ReadOnlyMemory<byte>? Records;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref Index);
            visitor.Records(ref Records);
            visitor.NoTags();
        }
    }
}

/// <summary>Where each batch was appended. With Acks = 0 there is no answer at all.</summary>
public sealed class ProduceResponse : IResponse, ITaggedStruct
{
    public Topic[] Responses = [];
    public int ThrottleTimeMs;
    public NodeEndpoint[] NodeEndpoints = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Structs(ref Responses);
        visitor.Int32(ref ThrottleTimeMs);
        var self = this;
        visitor.Tags(ref self);
    }

    public uint PresentTags(short version) =>
        version < 10 || NodeEndpoints.Length == 0 ? 0 : 1u;

    public bool TryVisitTag<TVisitor>(int tag, ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        switch (tag)
        {
            case 0 when visitor.Version >= 10:
                visitor.Structs(ref NodeEndpoints);
                return true;
            default:
                return false;
        }
    }

    public struct Topic() : IWireStruct
    {
        public string Name = "";
        public Partition[] PartitionResponses = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Structs(ref PartitionResponses);
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
        public int Index;
        public ErrorCode ErrorCode;
        public long BaseOffset;
        public long LogAppendTimeMs = -1;
        public long LogStartOffset = -1;
        public RecordError[] RecordErrors = [];
        public string? ErrorMessage;
        public LeaderIdAndEpoch CurrentLeader = new();

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref Index);
            visitor.Error(ref ErrorCode);
            visitor.Int64(ref BaseOffset);
            visitor.Int64(ref LogAppendTimeMs);
            if (visitor.Version >= 5) visitor.Int64(ref LogStartOffset);
            if (visitor.Version >= 8) visitor.Structs(ref RecordErrors);
            if (visitor.Version >= 8) visitor.NullableString(ref ErrorMessage);
            visitor.Tags(ref this);
        }

        public uint PresentTags(short version) =>
            version < 10 || CurrentLeader is { LeaderId: -1, LeaderEpoch: -1 } ? 0 : 1u;

        public bool TryVisitTag<TVisitor>(int tag, ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            switch (tag)
            {
                case 0 when visitor.Version >= 10:
                    visitor.Struct(ref CurrentLeader);
                    return true;
                default:
                    return false;
            }
        }
    }

    public struct RecordError() : IWireStruct
    {
        public int BatchIndex;
        public string? BatchIndexErrorMessage;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref BatchIndex);
            visitor.NullableString(ref BatchIndexErrorMessage);
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
}
