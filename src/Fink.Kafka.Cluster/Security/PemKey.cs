using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Security;

/// <summary>Private keys in PEM: PKCS#8, and the older PKCS#1 (RSA) and SEC1 (EC), which Kafka does not read.</summary>
internal static class PemKey
{
    /// <exception cref="ClusterException">The file cannot be read, is encrypted, or holds no key that we know.</exception>
    public static AsymmetricAlgorithm Read(string file)
    {
        string pem;
        try
        {
            pem = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException(ClusterErrorKind.Usage, $"cannot read the key {file} (--tls-key): {UnreadableFile.Reason(e, file)}", e);
        }

        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw new ClusterException(
                ClusterErrorKind.Usage, $"the key {file} is encrypted: give one without a passphrase (openssl pkey -in {file} -out FILE), readable by you alone");
        }

        return Import(RSA.Create(), pem) ?? Import(ECDsa.Create(), pem)
            ?? throw new ClusterException(ClusterErrorKind.Usage, $"{file} (--tls-key) holds no RSA or EC private key in PEM (-----BEGIN PRIVATE KEY-----)");
    }

    /// <exception cref="ClusterException">The key is not the certificate's.</exception>
    public static void RequireFit(AsymmetricAlgorithm key, string keyFile, X509Certificate2 certificate, string certificateFile)
    {
        var ofKey = key.ExportSubjectPublicKeyInfo();
        var ofCertificate = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        if (!ofKey.AsSpan().SequenceEqual(ofCertificate))
        {
            throw new ClusterException(ClusterErrorKind.Usage, $"the key {keyFile} does not belong to the certificate {certificateFile}: give the key that the certificate was made with by --tls-key");
        }
    }

    private static AsymmetricAlgorithm? Import(AsymmetricAlgorithm empty, string pem)
    {
        try
        {
            empty.ImportFromPem(pem);
            return empty;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            empty.Dispose();
            return null;
        }
    }
}
