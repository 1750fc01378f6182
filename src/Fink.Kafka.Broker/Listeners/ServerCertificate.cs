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
            throw Unusable(
                "A TLS listener needs a certificate: set ssl.keystore.location to a PEM file with the chain and the key, or ssl.keystore.certificate.chain and ssl.keystore.key.");
        }

        var all = new X509Certificate2Collection();
        all.ImportFromPem(chain);
        if (all.Count == 0) throw Unusable("The TLS certificate chain has no -----BEGIN CERTIFICATE-----.");
        using var leaf = all[0];
        all.RemoveAt(0);
        var own = settings.KeyPassword is { } password
            ? X509Certificate2.CreateFromEncryptedPem(leaf.ExportCertificatePem(), key, password)
            : X509Certificate2.CreateFromPem(leaf.ExportCertificatePem(), key);
        return SslStreamCertificateContext.Create(own, all, offline: true);
    }

    private static BrokerException Unusable(string message, Exception? inner = null) => new(BrokerFailure.Options, message, inner);
}
