using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>OffsetFetch, key 9: how far groups have read.</summary>
/// <remarks>
/// v2 null topics ask for all; an error for the group. v5 leader epoch. v6 flexible. v7 only stable offsets on demand. v8 many groups
/// at once.
/// </remarks>
public sealed class OffsetFetchRequest : IRequest<OffsetFetchRequest, OffsetFetchResponse>
{
    public static ApiKey Key => ApiKey.OffsetFetch;

    public static ApiVersions Versions => new(Oldest: 1, Newest: 8, FlexibleFrom: 6);

    public string GroupId = "";
    public Topic[]? Topics;
    public Group[] Groups = [];
    public bool RequireStable;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version <= 7) visitor.String(ref GroupId);
        if (visitor.Version <= 7) visitor.NullableStructs(ref Topics, nullableFrom: 2);
        if (visitor.Version >= 8) visitor.Structs(ref Groups);
        if (visitor.Version >= 7) visitor.Bool(ref RequireStable);
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

    public struct Group() : IWireStruct
    {
        public string GroupId = "";
        public Topic[]? Topics;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref GroupId);
            visitor.NullableStructs(ref Topics);
            visitor.NoTags();
        }
    }
}

/// <summary>A partition without a committed offset has offset -1 and no error.</summary>
public sealed class OffsetFetchResponse : IResponse
{
    public int ThrottleTimeMs;
    public Topic[] Topics = [];
    public ErrorCode ErrorCode;
    public Group[] Groups = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 3) visitor.Int32(ref ThrottleTimeMs);
        if (visitor.Version <= 7) visitor.Structs(ref Topics);
        if (visitor.Version is >= 2 and <= 7) visitor.Error(ref ErrorCode);
        if (visitor.Version >= 8) visitor.Structs(ref Groups);
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

    public struct Group() : IWireStruct
    {
        public string GroupId = "";
        public Topic[] Topics = [];
        public ErrorCode ErrorCode;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref GroupId);
            visitor.Structs(ref Topics);
            visitor.Error(ref ErrorCode);
            visitor.NoTags();
        }
    }

    public struct Partition() : IWireStruct
    {
        public int PartitionIndex;
        public long CommittedOffset;
        public int CommittedLeaderEpoch = -1;
        public string? Metadata;
        public ErrorCode ErrorCode;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Int64(ref CommittedOffset);
            if (visitor.Version >= 5) visitor.Int32(ref CommittedLeaderEpoch);
            visitor.NullableString(ref Metadata);
            visitor.Error(ref ErrorCode);
            visitor.NoTags();
        }
    }
}
