using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DescribeLogDirs, key 35: log directories and the size of each partition in them.</summary>
/// <remarks>v2 flexible. v3 an error for the whole answer. v4 size of the volume.</remarks>
public sealed class DescribeLogDirsRequest : IRequest<DescribeLogDirsRequest, DescribeLogDirsResponse>
{
    public static ApiKey Key => ApiKey.DescribeLogDirs;

    public static ApiVersions Versions => new(Oldest: 1, Newest: 4, FlexibleFrom: 2);

    public Topic[]? Topics;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.NullableStructs(ref Topics);
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

public sealed class DescribeLogDirsResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public Result[] Results = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        if (visitor.Version >= 3) visitor.Error(ref ErrorCode);
        visitor.Structs(ref Results);
        visitor.NoTags();
    }

    public struct Result() : IWireStruct
    {
        public ErrorCode ErrorCode;
        public string LogDir = "";
        public Topic[] Topics = [];
        public long TotalBytes = -1;
        public long UsableBytes = -1;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.String(ref LogDir);
            visitor.Structs(ref Topics);
            if (visitor.Version >= 4) visitor.Int64(ref TotalBytes);
            if (visitor.Version >= 4) visitor.Int64(ref UsableBytes);
            visitor.NoTags();
        }
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
        public long PartitionSize;
        public long OffsetLag;
        public bool IsFutureKey;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Int64(ref PartitionSize);
            visitor.Int64(ref OffsetLag);
            visitor.Bool(ref IsFutureKey);
            visitor.NoTags();
        }
    }
}
