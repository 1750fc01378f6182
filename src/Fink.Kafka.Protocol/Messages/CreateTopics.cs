using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>CreateTopics, key 19: new topics, with partitions or an assignment, and configs.</summary>
/// <remarks>v4 -1 stands for the default number of partitions and replicas. v5 flexible, configs in the answer. v7 topic id.</remarks>
public sealed class CreateTopicsRequest : IRequest<CreateTopicsRequest, CreateTopicsResponse>
{
    public static ApiKey Key => ApiKey.CreateTopics;

    public static ApiVersions Versions => new(Oldest: 2, Newest: 7, FlexibleFrom: 5);

    public Topic[] Topics = [];
    public int TimeoutMs = 60000;
    public bool ValidateOnly;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Structs(ref Topics);
        visitor.Int32(ref TimeoutMs);
        visitor.Bool(ref ValidateOnly);
        visitor.NoTags();
    }

    public struct Topic() : IWireStruct
    {
        public string Name = "";
        public int NumPartitions;
        public short ReplicationFactor;
        public Assignment[] Assignments = [];
        public Config[] Configs = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Int32(ref NumPartitions);
            visitor.Int16(ref ReplicationFactor);
            visitor.Structs(ref Assignments);
            visitor.Structs(ref Configs);
            visitor.NoTags();
        }
    }

    public struct Assignment() : IWireStruct
    {
        public int PartitionIndex;
        public int[] BrokerIds = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref PartitionIndex);
            visitor.Int32s(ref BrokerIds);
            visitor.NoTags();
        }
    }

    public struct Config() : IWireStruct
    {
        public string Name = "";
        public string? Value;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.NullableString(ref Value);
            visitor.NoTags();
        }
    }
}

public sealed class CreateTopicsResponse : IResponse
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

    public struct Topic() : ITaggedStruct
    {
        public string Name = "";
        public Guid TopicId;
        public ErrorCode ErrorCode;
        public string? ErrorMessage;
        public ErrorCode TopicConfigErrorCode;
        public int NumPartitions = -1;
        public short ReplicationFactor = -1;
        public Config[]? Configs;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            if (visitor.Version >= 7) visitor.Uuid(ref TopicId);
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            if (visitor.Version >= 5) visitor.Int32(ref NumPartitions);
            if (visitor.Version >= 5) visitor.Int16(ref ReplicationFactor);
            if (visitor.Version >= 5) visitor.NullableStructs(ref Configs);
            visitor.Tags(ref this);
        }

        public uint PresentTags(short version) =>
            TopicConfigErrorCode == ErrorCode.None ? 0 : 1u;

        public bool TryVisitTag<TVisitor>(int tag, ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            switch (tag)
            {
                case 0:
                    visitor.Error(ref TopicConfigErrorCode);
                    return true;
                default:
                    return false;
            }
        }
    }

    public struct Config() : IWireStruct
    {
        public string Name = "";
        public string? Value;
        public bool ReadOnly;
        public ConfigSource ConfigSource;
        public bool IsSensitive;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.NullableString(ref Value);
            visitor.Bool(ref ReadOnly);
            visitor.Enum8(ref ConfigSource);
            visitor.Bool(ref IsSensitive);
            visitor.NoTags();
        }
    }
}
