using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DescribeConfigs, key 32: configurations of topics and brokers, with where each value comes from.</summary>
/// <remarks>v1 synonyms. v3 types and documentation. v4 flexible.</remarks>
public sealed class DescribeConfigsRequest : IRequest<DescribeConfigsRequest, DescribeConfigsResponse>
{
    public static ApiKey Key => ApiKey.DescribeConfigs;

    public static ApiVersions Versions => new(Oldest: 1, Newest: 4, FlexibleFrom: 4);

    public Resource[] Resources = [];
    public bool IncludeSynonyms;
    public bool IncludeDocumentation;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Structs(ref Resources);
        visitor.Bool(ref IncludeSynonyms);
        if (visitor.Version >= 3) visitor.Bool(ref IncludeDocumentation);
        visitor.NoTags();
    }

    public struct Resource() : IWireStruct
    {
        public ConfigResourceType ResourceType;
        public string ResourceName = "";
        public string[]? ConfigurationKeys;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Enum8(ref ResourceType);
            visitor.String(ref ResourceName);
            visitor.NullableStrings(ref ConfigurationKeys);
            visitor.NoTags();
        }
    }
}

public sealed class DescribeConfigsResponse : IResponse
{
    public int ThrottleTimeMs;
    public Result[] Results = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Results);
        visitor.NoTags();
    }

    public struct Result() : IWireStruct
    {
        public ErrorCode ErrorCode;
        public string? ErrorMessage;
        public ConfigResourceType ResourceType;
        public string ResourceName = "";
        public Config[] Configs = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
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
        public bool ReadOnly;
        public ConfigSource ConfigSource;
        public bool IsSensitive;
        public Synonym[] Synonyms = [];
        public ConfigType ConfigType;
        public string? Documentation;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.NullableString(ref Value);
            visitor.Bool(ref ReadOnly);
            visitor.Enum8(ref ConfigSource);
            visitor.Bool(ref IsSensitive);
            visitor.Structs(ref Synonyms);
            if (visitor.Version >= 3) visitor.Enum8(ref ConfigType);
            if (visitor.Version >= 3) visitor.NullableString(ref Documentation);
            visitor.NoTags();
        }
    }

    public struct Synonym() : IWireStruct
    {
        public string Name = "";
        public string? Value;
        public ConfigSource Source;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.NullableString(ref Value);
            visitor.Enum8(ref Source);
            visitor.NoTags();
        }
    }
}
