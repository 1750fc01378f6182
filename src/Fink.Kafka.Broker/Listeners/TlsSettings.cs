using Fink.Kafka.Broker.Configuration;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>Where the certificate chain and its key are. Not a record: nothing prints it with its secrets.</summary>
internal sealed class TlsSettings(BrokerConfigs configs)
{
    public const string LocationName = "ssl.keystore.location";

    public bool IsPkcs12 { get; } = configs.Value("ssl.keystore.type") == "PKCS12";

    /// <summary>A PKCS12 store, or a PEM file with the chain, the broker's own certificate first, and the key.</summary>
    public string? Location { get; } = configs.Value(LocationName);

    public string? StorePassword { get; } = configs.Value("ssl.keystore.password");

    public string? KeyPassword { get; } = configs.Value("ssl.key.password");

    /// <summary>PEM text, in place of a file.</summary>
    public string? Chain { get; } = configs.Value("ssl.keystore.certificate.chain");

    public string? Key { get; } = configs.Value("ssl.keystore.key");
}
