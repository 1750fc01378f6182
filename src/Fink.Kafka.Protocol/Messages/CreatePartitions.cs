using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>CreatePartitions, key 37: more partitions for existing topics.</summary>
/// <remarks>v2 flexible. v3 a new error code.</remarks>
public sealed class CreatePartitionsRequest : IRequest<CreatePartitionsRequest, CreatePartitionsResponse>
{
    public static ApiKey Key => ApiKey.CreatePartitions;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 3, FlexibleFrom: 2);

    public Topic[] Topics = [];
    public int TimeoutMs;
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
        public int Count;
        public Assignment[]? Assignments;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Int32(ref Count);
            visitor.NullableStructs(ref Assignments);
            visitor.NoTags();
        }
    }

    public struct Assignment() : IWireStruct
    {
        public int[] BrokerIds = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32s(ref BrokerIds);
            visitor.NoTags();
        }
    }
}

public sealed class CreatePartitionsResponse : IResponse
{
    public int ThrottleTimeMs;
    public Topic[] Results = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Results);
        visitor.NoTags();
    }

    public struct Topic() : IWireStruct
    {
        public string Name = "";
        public ErrorCode ErrorCode;
        public string? ErrorMessage;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            visitor.NoTags();
        }
    }
}
