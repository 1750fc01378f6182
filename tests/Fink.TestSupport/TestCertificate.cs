using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fink.TestSupport;

/// <summary>Self-signed certificates for tests.</summary>
public static class TestCertificate
{
    /// <summary>An EC certificate for this IP address, and its key in SEC1, the form that Kafka does not read.</summary>
    public static (string CertificateFile, string KeyFile) WriteWithSec1Key(string folder, string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Write(folder, address, new CertificateRequest("CN=fink-kafka test", key, HashAlgorithmName.SHA256), key.ExportECPrivateKeyPem());
    }

    /// <summary>An RSA certificate for this IP address, and its key in PKCS#1.</summary>
    public static (string CertificateFile, string KeyFile) WriteWithPkcs1Key(string folder, string address)
    {
        using var key = RSA.Create(2048);
        return Write(
            folder, address, new CertificateRequest("CN=fink-kafka test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), key.ExportRSAPrivateKeyPem());
    }

    private static (string CertificateFile, string KeyFile) Write(string folder, string address, CertificateRequest request, string keyPem)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        var certificateFile = Path.Combine(folder, "certificate.pem");
        var keyFile = Path.Combine(folder, "key.pem");
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, keyPem);
        return (certificateFile, keyFile);
    }
}
