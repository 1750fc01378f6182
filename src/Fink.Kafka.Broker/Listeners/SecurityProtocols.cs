using System.Collections.Frozen;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>The protocols under Kafka's names.</summary>
internal static class SecurityProtocols
{
    public static readonly FrozenDictionary<string, SecurityProtocol> ByName = new Dictionary<string, SecurityProtocol>
    {
        ["PLAINTEXT"] = SecurityProtocol.Plaintext,
        ["SSL"] = SecurityProtocol.Ssl,
        ["SASL_PLAINTEXT"] = SecurityProtocol.SaslPlaintext,
        ["SASL_SSL"] = SecurityProtocol.SaslSsl,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool IsEncrypted(this SecurityProtocol protocol) => protocol is SecurityProtocol.Ssl or SecurityProtocol.SaslSsl;

    public static bool AsksForLogin(this SecurityProtocol protocol) =>
        protocol is SecurityProtocol.SaslPlaintext or SecurityProtocol.SaslSsl;
}
