using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>TxnOffsetCommit, key 28: offsets of a group that count when the transaction is committed.</summary>
/// <remarks>v2 leader epoch. v3 flexible, group member checked.</remarks>
public sealed class TxnOffsetCommitRequest : IRequest<TxnOffsetCommitRequest, TxnOffsetCommitResponse>
{
    public static ApiKey Key => ApiKey.TxnOffsetCommit;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 3, FlexibleFrom: 3);

    public string TransactionalId = "";
    public string GroupId = "";
    public long ProducerId;
    public short ProducerEpoch;
    public int GenerationId = -1;
    public string MemberId = "";
    public string? GroupInstanceId;
    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.String(ref TransactionalId);
        visitor.String(ref GroupId);
        visitor.Int64(ref ProducerId);
        visitor.Int16(ref ProducerEpoch);
        if (visitor.Version >= 3) visitor.Int32(ref GenerationId);
        if (visitor.Version >= 3) visitor.String(ref MemberId);
        if (visitor.Version >= 3) visitor.NullableString(ref GroupInstanceId);
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
        public long CommittedOffset;
        public int CommittedLeaderEpoch = -1;
        public string? CommittedMetadata;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Int64(ref CommittedOffset);
            if (visitor.Version >= 2) visitor.Int32(ref CommittedLeaderEpoch);
            visitor.NullableString(ref CommittedMetadata);
            visitor.NoTags();
        }
    }
}

public sealed class TxnOffsetCommitResponse : IResponse
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

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Error(ref ErrorCode);
            visitor.NoTags();
        }
    }
}
