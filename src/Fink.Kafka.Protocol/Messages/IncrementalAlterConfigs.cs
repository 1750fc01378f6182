using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>IncrementalAlterConfigs, key 44: sets, deletes, appends to or subtracts from single configurations.</summary>
/// <remarks>v1 flexible.</remarks>
public sealed class IncrementalAlterConfigsRequest : IRequest<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>
{
    public static ApiKey Key => ApiKey.IncrementalAlterConfigs;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 1, FlexibleFrom: 1);

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
        public AlterConfigOperation ConfigOperation;
        public string? Value;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Enum8(ref ConfigOperation);
            visitor.NullableString(ref Value);
            visitor.NoTags();
        }
    }
}

public sealed class IncrementalAlterConfigsResponse : IResponse
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
