using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DescribeClientQuotas, key 48: quotas that match a filter.</summary>
/// <remarks>v1 flexible.</remarks>
public sealed class DescribeClientQuotasRequest : IRequest<DescribeClientQuotasRequest, DescribeClientQuotasResponse>
{
    public static ApiKey Key => ApiKey.DescribeClientQuotas;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 1, FlexibleFrom: 1);

    public Component[] Components = [];
    public bool Strict;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Structs(ref Components);
        visitor.Bool(ref Strict);
        visitor.NoTags();
    }

    public struct Component() : IWireStruct
    {
        public string EntityType = "";
        public QuotaMatchType MatchType;
        public string? Match;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref EntityType);
            visitor.Enum8(ref MatchType);
            visitor.NullableString(ref Match);
            visitor.NoTags();
        }
    }
}

public sealed class DescribeClientQuotasResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public string? ErrorMessage;
    public Entry[]? Entries;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        visitor.NullableString(ref ErrorMessage);
        visitor.NullableStructs(ref Entries);
        visitor.NoTags();
    }

    public struct Entry() : IWireStruct
    {
        public EntityPart[] Entity = [];
        public Quota[] Values = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Structs(ref Entity);
            visitor.Structs(ref Values);
            visitor.NoTags();
        }
    }

    public struct EntityPart() : IWireStruct
    {
        public string EntityType = "";
        public string? EntityName;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref EntityType);
            visitor.NullableString(ref EntityName);
            visitor.NoTags();
        }
    }

    public struct Quota() : IWireStruct
    {
        public string Key = "";
        public double Value;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Key);
            visitor.Float64(ref Value);
            visitor.NoTags();
        }
    }
}
