using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>The certificate that TLS listeners show, with what is between it and its root.</summary>
internal static class ServerCertificate
{
    /// <exception cref="BrokerException">There is none, or it cannot be used.</exception>
    public static SslStreamCertificateContext Load(TlsSettings settings)
    {
        try
        {
            return settings.IsPkcs12 ? FromPkcs12(settings) : FromPem(settings);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Unusable($"The TLS certificate {(settings.Location is { } path ? $"of {path} " : "")}cannot be used: {e.Message}", e);
        }
    }

    private static SslStreamCertificateContext FromPkcs12(TlsSettings settings)
    {
        var path = settings.Location ?? throw Unusable("ssl.keystore.type=PKCS12 needs ssl.keystore.location.");
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, settings.StorePassword);
        var own = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw Unusable($"{path} has no private key. Make it with the key, for instance openssl pkcs12 -export -inkey KEY -in CHAIN.");
        all.Remove(own);
        return SslStreamCertificateContext.Create(own, all, offline: true);
    }

    private static SslStreamCertificateContext FromPem(TlsSettings settings)
    {
        var file = settings.Location is { } path ? File.ReadAllText(path) : null;
        var chain = settings.Chain ?? file;
        var key = settings.Key ?? file;
        if (chain is null || key is null)
        {
            throw new BrokerException(
                BrokerFailure.Options,
                [new(TlsSettings.LocationName, "is not set, and a TLS listener needs a certificate: give a PEM file with the chain and the key, or ssl.keystore.certificate.chain and ssl.keystore.key")]);
        }

        var all = new X509Certificate2Collection();
        all.ImportFromPem(chain);
        if (all.Count == 0) throw Unusable("The TLS certificate chain has no -----BEGIN CERTIFICATE-----.");
        using var leaf = all[0];
        all.RemoveAt(0);
        return SslStreamCertificateContext.Create(WithKey(leaf, key, settings.KeyPassword), all, offline: true);
    }

    private static X509Certificate2 WithKey(X509Certificate2 leaf, string key, string? password)
    {
        var certificate = leaf.ExportCertificatePem();
        if (key.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            throw Unusable(
                "The TLS key is encrypted in OpenSSL's old form, which is not read. Write it anew, with its password in ssl.key.password: openssl pkcs8 -topk8 -in KEY -out NEW.");
        }

        if (!key.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)) return X509Certificate2.CreateFromPem(certificate, key);

        return password is null
            ? throw Unusable("The TLS key is encrypted: set ssl.key.password.")
            : X509Certificate2.CreateFromEncryptedPem(certificate, key, password);
    }

    private static BrokerException Unusable(string message, Exception? inner = null) => new(BrokerFailure.Options, message, inner);
}
