namespace Fink.Kafka.Broker;

/// <summary>How a listener is secured.</summary>
public enum SecurityProtocol
{
    /// <summary>Neither encrypted nor logged in: everybody is <c>User:ANONYMOUS</c>.</summary>
    Plaintext,

    /// <summary>Encrypted; clients are not asked who they are.</summary>
    Ssl,
    SaslPlaintext,
    SaslSsl,
}
