using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>ApiVersions, key 18: which APIs and versions the broker speaks; a client asks first.</summary>
/// <remarks>
/// v3 flexible, name and version of the client. The header of the answer is never flexible, and a request of a version that the broker
/// does not know is answered in v0.
/// </remarks>
public sealed class ApiVersionsRequest : IRequest<ApiVersionsRequest, ApiVersionsResponse>
{
    public static ApiKey Key => ApiKey.ApiVersions;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 4, FlexibleFrom: 3);

    public string ClientSoftwareName = "";
    public string ClientSoftwareVersion = "";

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 3) visitor.String(ref ClientSoftwareName);
        if (visitor.Version >= 3) visitor.String(ref ClientSoftwareVersion);
        visitor.NoTags();
    }
}

public sealed class ApiVersionsResponse : IResponse, ITaggedStruct
{
    public ErrorCode ErrorCode;
    public Api[] ApiKeys = [];
    public int ThrottleTimeMs;
    public SupportedFeature[] SupportedFeatures = [];
    public long FinalizedFeaturesEpoch = -1;
    public FinalizedFeature[] FinalizedFeatures = [];
    public bool ZkMigrationReady;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Error(ref ErrorCode);
        visitor.Structs(ref ApiKeys);
        if (visitor.Version >= 1) visitor.Int32(ref ThrottleTimeMs);
        var self = this;
        visitor.Tags(ref self);
    }

    public uint PresentTags(short version) =>
        (SupportedFeatures.Length == 0 ? 0 : 1u)
        | (FinalizedFeaturesEpoch == -1 ? 0 : 1u << 1)
        | (FinalizedFeatures.Length == 0 ? 0 : 1u << 2)
        | (!ZkMigrationReady ? 0 : 1u << 3);

    public bool TryVisitTag<TVisitor>(int tag, ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        switch (tag)
        {
            case 0:
                visitor.Structs(ref SupportedFeatures);
                return true;
            case 1:
                visitor.Int64(ref FinalizedFeaturesEpoch);
                return true;
            case 2:
                visitor.Structs(ref FinalizedFeatures);
                return true;
            case 3:
                visitor.Bool(ref ZkMigrationReady);
                return true;
            default:
                return false;
        }
    }

    public struct Api() : IWireStruct
    {
        public short ApiKey;
        public short MinVersion;
        public short MaxVersion;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int16(ref ApiKey);
            visitor.Int16(ref MinVersion);
            visitor.Int16(ref MaxVersion);
            visitor.NoTags();
        }
    }

    public struct SupportedFeature() : IWireStruct
    {
        public string Name = "";
        public short MinVersion;
        public short MaxVersion;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Int16(ref MinVersion);
            visitor.Int16(ref MaxVersion);
            visitor.NoTags();
        }
    }

    public struct FinalizedFeature() : IWireStruct
    {
        public string Name = "";
        public short MaxVersionLevel;
        public short MinVersionLevel;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Int16(ref MaxVersionLevel);
            visitor.Int16(ref MinVersionLevel);
            visitor.NoTags();
        }
    }
}
