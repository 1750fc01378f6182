using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>OffsetCommit, key 8: a group stores how far it has read.</summary>
/// <remarks>v2 to v4 retention per commit. v6 leader epoch. v7 static members. v8 flexible.</remarks>
public sealed class OffsetCommitRequest : IRequest<OffsetCommitRequest, OffsetCommitResponse>
{
    public static ApiKey Key => ApiKey.OffsetCommit;

    public static ApiVersions Versions => new(Oldest: 2, Newest: 8, FlexibleFrom: 8);

    public string GroupId = "";
    public int GenerationIdOrMemberEpoch = -1;
    public string MemberId = "";
    public string? GroupInstanceId;
    public long RetentionTimeMs = -1;
    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.String(ref GroupId);
        visitor.Int32(ref GenerationIdOrMemberEpoch);
        visitor.String(ref MemberId);
        if (visitor.Version >= 7) visitor.NullableString(ref GroupInstanceId);
        if (visitor.Version <= 4) visitor.Int64(ref RetentionTimeMs);
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
            if (visitor.Version >= 6) visitor.Int32(ref CommittedLeaderEpoch);
            visitor.NullableString(ref CommittedMetadata);
            visitor.NoTags();
        }
    }
}

public sealed class OffsetCommitResponse : IResponse
{
    public int ThrottleTimeMs;
    public Topic[] Topics = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 3) visitor.Int32(ref ThrottleTimeMs);
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
