using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fink.Kafka.Cluster.Storage;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Security;

/// <summary>The user's own PEM files.</summary>
internal sealed record TlsFiles(string? Certificate, string? Key, string? Authority)
{
    public bool AreGiven => Certificate is not null || Key is not null;
}

/// <summary>The certificate of the client listener, in the data folder, in the form that Kafka reads.</summary>
/// <param name="KeyStoreFile">PEM: the key as PKCS#8, then the chain.</param>
/// <param name="AuthorityFile">PEM: what clients trust; null for the system's authorities.</param>
internal sealed record TlsMaterial(string KeyStoreFile, string? AuthorityFile)
{
    /// <summary>TLS whose certificate is not in the folder, but where the broker's properties say.</summary>
    public static TlsMaterial OfSystem { get; } = new("", null);

    public void AddTo(JavaProperties broker, string prefix)
    {
        broker[prefix + "ssl.keystore.type"] = "PEM";
        broker[prefix + "ssl.keystore.location"] = KeyStoreFile;
        broker[prefix + "ssl.client.auth"] = "none";
    }

    /// <summary>What an earlier start imported; null when the cluster has no TLS.</summary>
    public static TlsMaterial? Load(ClusterLayout layout)
    {
        var keyStore = Path.Combine(layout.TlsDir, "keystore.pem");
        var authority = Path.Combine(layout.TlsDir, "ca.pem");
        return File.Exists(keyStore) ? new TlsMaterial(keyStore, File.Exists(authority) ? authority : null) : null;
    }

    /// <exception cref="ClusterException">A file is missing or not PEM, they do not fit, or a broker's name is not in it.</exception>
    public static TlsMaterial Import(TlsFiles files, IReadOnlyList<string> hosts, ClusterLayout layout, TimeProvider time)
    {
        if (files.Certificate is not { } certificateFile || files.Key is not { } keyFile)
        {
            throw new ClusterException(ClusterErrorKind.Usage, "TLS needs both files: --tls-cert FILE and --tls-key FILE");
        }

        var chain = ReadChain(certificateFile, "--tls-cert");
        using var key = PemKey.Read(keyFile);
        var leaf = chain[0];
        PemKey.RequireFit(key, keyFile, leaf, certificateFile);
        RequireUsable(leaf, certificateFile, hosts, time);
        var authority = files.Authority is { } authorityFile ? ReadChain(authorityFile, "--tls-ca") : SelfSignedEnd(chain);

        PrivateFiles.CreateFolder(layout.TlsDir);
        var keyStore = Path.Combine(layout.TlsDir, "keystore.pem");
        PrivateFiles.Write(keyStore, key.ExportPkcs8PrivateKeyPem() + "\n" + PemOf(chain));
        var trust = Path.Combine(layout.TlsDir, "ca.pem");
        File.Delete(trust);
        if (authority is not null)
        {
            PrivateFiles.Write(trust, PemOf(authority));
        }

        return new TlsMaterial(keyStore, authority is null ? null : trust);
    }

    private static X509Certificate2Collection ReadChain(string file, string option)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ClusterException(ClusterErrorKind.Usage, $"cannot read the certificate {file} ({option}): {UnreadableFile.Reason(e, file)}", e);
        }

        return chain.Count > 0
            ? chain
            : throw new ClusterException(ClusterErrorKind.Usage, $"{file} ({option}) holds no PEM certificate (-----BEGIN CERTIFICATE-----)");
    }

    private static void RequireUsable(X509Certificate2 leaf, string file, IReadOnlyList<string> hosts, TimeProvider time)
    {
        var now = time.GetUtcNow();
        if (now > leaf.NotAfter.ToUniversalTime() || now < leaf.NotBefore.ToUniversalTime())
        {
            throw new ClusterException(
                ClusterErrorKind.Usage,
                $"the certificate {file} is valid from {leaf.NotBefore:yyyy-MM-dd} to {leaf.NotAfter:yyyy-MM-dd} only: no client would accept it now; renew it, or give another by --tls-cert");
        }

        if (hosts.FirstOrDefault(host => !leaf.MatchesHostname(host)) is { } unnamed)
        {
            throw new ClusterException(
                ClusterErrorKind.Usage,
                $"the certificate {file} does not name {unnamed}, where clients connect: advertise a name that it has with --advertise HOST");
        }
    }

    private static X509Certificate2Collection? SelfSignedEnd(X509Certificate2Collection chain)
    {
        var end = chain.LastOrDefault(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData));
        return end is null ? null : [end];
    }

    private static string PemOf(X509Certificate2Collection certificates) =>
        string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n"));
}
