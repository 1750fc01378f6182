using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>AlterClientQuotas, key 49: sets or removes quotas.</summary>
/// <remarks>v1 flexible.</remarks>
public sealed class AlterClientQuotasRequest : IRequest<AlterClientQuotasRequest, AlterClientQuotasResponse>
{
    public static ApiKey Key => ApiKey.AlterClientQuotas;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 1, FlexibleFrom: 1);

    public Entry[] Entries = [];
    public bool ValidateOnly;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Structs(ref Entries);
        visitor.Bool(ref ValidateOnly);
        visitor.NoTags();
    }

    public struct Entry() : IWireStruct
    {
        public EntityPart[] Entity = [];
        public Operation[] Ops = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Structs(ref Entity);
            visitor.Structs(ref Ops);
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

    public struct Operation() : IWireStruct
    {
        public string Key = "";
        public double Value;
        public bool Remove;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Key);
            visitor.Float64(ref Value);
            visitor.Bool(ref Remove);
            visitor.NoTags();
        }
    }
}

public sealed class AlterClientQuotasResponse : IResponse
{
    public int ThrottleTimeMs;
    public Entry[] Entries = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Entries);
        visitor.NoTags();
    }

    public struct Entry() : IWireStruct
    {
        public ErrorCode ErrorCode;
        public string? ErrorMessage;
        public EntityPart[] Entity = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            visitor.Structs(ref Entity);
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
}
