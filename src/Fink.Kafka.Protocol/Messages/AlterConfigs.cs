using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>AlterConfigs, key 33: replaces the whole configuration of topics or brokers.</summary>
/// <remarks>v2 flexible.</remarks>
public sealed class AlterConfigsRequest : IRequest<AlterConfigsRequest, AlterConfigsResponse>
{
    public static ApiKey Key => ApiKey.AlterConfigs;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 2, FlexibleFrom: 2);

    public Resource[] Resources = [];
    public bool ValidateOnly;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Structs(ref Resources);
        visitor.Bool(ref ValidateOnly);
        visitor.NoTags();
    }

    public struct Resource() : IWireStruct
    {
        public ConfigResourceType ResourceType;
        public string ResourceName = "";
        public Config[] Configs = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Enum8(ref ResourceType);
            visitor.String(ref ResourceName);
            visitor.Structs(ref Configs);
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

public sealed class AlterConfigsResponse : IResponse
{
    public int ThrottleTimeMs;
    public Resource[] Responses = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Responses);
        visitor.NoTags();
    }

    public struct Resource() : IWireStruct
    {
        public ErrorCode ErrorCode;
        public string? ErrorMessage;
        public ConfigResourceType ResourceType;
        public string ResourceName = "";

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            visitor.Enum8(ref ResourceType);
            visitor.String(ref ResourceName);
            visitor.NoTags();
        }
    }
}
