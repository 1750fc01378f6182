using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DeleteTopics, key 20: topics, gone for good.</summary>
/// <remarks>v4 flexible. v5 messages. v6 topics by id.</remarks>
public sealed class DeleteTopicsRequest : IRequest<DeleteTopicsRequest, DeleteTopicsResponse>
{
    public static ApiKey Key => ApiKey.DeleteTopics;

    public static ApiVersions Versions => new(Oldest: 1, Newest: 6, FlexibleFrom: 4);

    public Topic[] Topics = [];
    public string[] TopicNames = [];
    public int TimeoutMs;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 6) visitor.Structs(ref Topics);
        if (visitor.Version <= 5) visitor.Strings(ref TopicNames);
        visitor.Int32(ref TimeoutMs);
        visitor.NoTags();
    }

    public struct Topic() : IWireStruct
    {
        public string? Name;
        public Guid TopicId;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.NullableString(ref Name);
            visitor.Uuid(ref TopicId);
            visitor.NoTags();
        }
    }
}

public sealed class DeleteTopicsResponse : IResponse
{
    public int ThrottleTimeMs;
    public Topic[] Responses = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Responses);
        visitor.NoTags();
    }

    public struct Topic() : IWireStruct
    {
        public string? Name;
        public Guid TopicId;
        public ErrorCode ErrorCode;
        public string? ErrorMessage;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.NullableString(ref Name, nullableFrom: 6);
            if (visitor.Version >= 6) visitor.Uuid(ref TopicId);
            visitor.Error(ref ErrorCode);
            if (visitor.Version >= 5) visitor.NullableString(ref ErrorMessage);
            visitor.NoTags();
        }
    }
}
