using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>SaslAuthenticate, key 36: one token of the SASL exchange.</summary>
/// <remarks>v1 lifetime of the session. v2 flexible.</remarks>
public sealed class SaslAuthenticateRequest : IRequest<SaslAuthenticateRequest, SaslAuthenticateResponse>
{
    public static ApiKey Key => ApiKey.SaslAuthenticate;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 2, FlexibleFrom: 2);

    public ReadOnlyMemory<byte> AuthBytes;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Bytes(ref AuthBytes);
        visitor.NoTags();
    }
}

public sealed class SaslAuthenticateResponse : IResponse
{
    public ErrorCode ErrorCode;
    public string? ErrorMessage;
    public ReadOnlyMemory<byte> AuthBytes;
    public long SessionLifetimeMs;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Error(ref ErrorCode);
        visitor.NullableString(ref ErrorMessage);
        visitor.Bytes(ref AuthBytes);
        if (visitor.Version >= 1) visitor.Int64(ref SessionLifetimeMs);
        visitor.NoTags();
    }
}
