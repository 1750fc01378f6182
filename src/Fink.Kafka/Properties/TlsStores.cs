using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Fink.Kafka.Properties;

/// <summary>Java's trust and key stores, as PEM, which is what librdkafka takes. JKS only Java can read.</summary>
internal sealed class TlsStores(string source)
{
    private static readonly string[] Keys =
    [
        "ssl.truststore.location", "ssl.truststore.type", "ssl.truststore.password", "ssl.truststore.certificates",
        "ssl.keystore.location", "ssl.keystore.type", "ssl.keystore.password", "ssl.keystore.key",
        "ssl.keystore.certificate.chain",
    ];

    private readonly Dictionary<string, PropertyEntry> _entries = new(StringComparer.Ordinal);

    public static bool Takes(string key) => Keys.Contains(key);

    public void Add(PropertyEntry entry) => _entries[entry.Key] = entry;

    public void AddTo(Dictionary<string, string> settings)
    {
        if (Value("ssl.truststore.certificates") is { } certificates)
        {
            settings["ssl.ca.pem"] = certificates;
        }
        else if (_entries.TryGetValue("ssl.truststore.location", out var trust))
        {
            var content = Read(trust);
            settings["ssl.ca.pem"] = KindOf(content, trust) == StoreKind.Pem
                ? Encoding.UTF8.GetString(content)
                : CertificatesPem(Open(content, trust, "ssl.truststore.password"));
        }

        if (Value("ssl.keystore.key") is { } key)
        {
            settings["ssl.key.pem"] = key;
            settings["ssl.certificate.pem"] = Value("ssl.keystore.certificate.chain")
                ?? throw new ClientPropertiesException(
                    $"{source}: ssl.keystore.key needs ssl.keystore.certificate.chain beside it.");
        }
        else if (_entries.TryGetValue("ssl.keystore.location", out var store))
        {
            AddKeyStore(settings, store);
        }
    }

    private void AddKeyStore(Dictionary<string, string> settings, PropertyEntry store)
    {
        var content = Read(store);
        if (KindOf(content, store) == StoreKind.Pem)
        {
            // One file with the key and its chain: both readers skip the blocks of the other.
            settings["ssl.key.pem"] = settings["ssl.certificate.pem"] = Encoding.UTF8.GetString(content);
            return;
        }

        var all = Open(content, store, "ssl.keystore.password");
        var own = all.FirstOrDefault(c => c.HasPrivateKey)
            ?? throw new ClientPropertiesException($"{source}:{store.Line}: {store.Value} holds no private key.");
        using AsymmetricAlgorithm key = own.GetRSAPrivateKey() ?? (AsymmetricAlgorithm?)own.GetECDsaPrivateKey()
            ?? throw new ClientPropertiesException($"{source}:{store.Line}: {store.Value} has neither an RSA nor an EC key.");
        settings["ssl.key.pem"] = key.ExportPkcs8PrivateKeyPem();
        settings["ssl.certificate.pem"] = CertificatesPem([own, .. all.Where(c => c != own)]);
        settings.Remove("ssl.key.password");
    }

    private string? Value(string key) =>
        _entries.TryGetValue(key, out var entry) && entry.Value.Trim().Length > 0 ? entry.Value.Trim() : null;

    private byte[] Read(PropertyEntry entry)
    {
        try
        {
            return File.ReadAllBytes(entry.Value.Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientPropertiesException($"{source}:{entry.Line}: {entry.Key}: {e.Message}", e);
        }
    }

    private X509Certificate2Collection Open(byte[] content, PropertyEntry entry, string passwordKey)
    {
        // macOS keeps no key in memory only.
        var flags = OperatingSystem.IsMacOS()
            ? X509KeyStorageFlags.Exportable
            : X509KeyStorageFlags.Exportable | X509KeyStorageFlags.EphemeralKeySet;
        try
        {
            return X509CertificateLoader.LoadPkcs12Collection(content, Value(passwordKey), flags);
        }
        catch (CryptographicException e)
        {
            throw new ClientPropertiesException(
                $"{source}:{entry.Line}: {entry.Value} cannot be opened as PKCS12 with {passwordKey}: {e.Message}", e);
        }
    }

    private StoreKind KindOf(byte[] content, PropertyEntry entry)
    {
        ReadOnlySpan<byte> jks = [0xFE, 0xED, 0xFE, 0xED];
        ReadOnlySpan<byte> jceks = [0xCE, 0xCE, 0xCE, 0xCE];
        if (content.AsSpan().StartsWith(jks) || content.AsSpan().StartsWith(jceks))
        {
            throw new ClientPropertiesException(
                $"{source}:{entry.Line}: {entry.Value} is a JKS store, which only Java reads. Convert it with: "
                + $"keytool -importkeystore -srckeystore {entry.Value} "
                + $"-destkeystore {Path.ChangeExtension(entry.Value, ".p12")} -deststoretype PKCS12");
        }

        const byte asn1Sequence = 0x30;
        return content.Length > 0 && content[0] == asn1Sequence ? StoreKind.Pkcs12 : StoreKind.Pem;
    }

    private static string CertificatesPem(IEnumerable<X509Certificate2> certificates) =>
        string.Join('\n', certificates.Select(c => c.ExportCertificatePem())) + "\n";

    private enum StoreKind
    {
        Pem,
        Pkcs12,
    }
}
