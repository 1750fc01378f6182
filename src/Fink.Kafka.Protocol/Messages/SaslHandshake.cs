using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>SaslHandshake, key 17: which SASL mechanism the client will use.</summary>
/// <remarks>After v0 the tokens follow as bare frames; after v1 in SaslAuthenticate.</remarks>
public sealed class SaslHandshakeRequest : IRequest<SaslHandshakeRequest, SaslHandshakeResponse>
{
    public static ApiKey Key => ApiKey.SaslHandshake;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 1, FlexibleFrom: ApiVersions.NeverFlexible);

    public string Mechanism = "";

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.String(ref Mechanism);
    }
}

public sealed class SaslHandshakeResponse : IResponse
{
    public ErrorCode ErrorCode;
    public string[] Mechanisms = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Error(ref ErrorCode);
        visitor.Strings(ref Mechanisms);
    }
}
