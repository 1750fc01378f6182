using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fink.Kafka.Broker.Tests.Storage.Disks;
using Fink.TestSupport;

namespace Fink.Kafka.Broker.Tests.Listeners;

/// <summary>An SSL listener: the keys that it takes, and clients that do not speak TLS.</summary>
public sealed class TlsTests : IDisposable
{
    private const string KeyPassword = "key-secret";

    /// <summary>ApiVersions 0, with 1 for its correlation.</summary>
    private static readonly byte[] Question = [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff];

    private readonly TemporaryFolder _folder = new();
    private readonly string _certificate;
    private readonly RSA _key = RSA.Create();

    public TlsTests()
    {
        var (certificate, key) = TestCertificate.WriteWithPkcs1Key(_folder.Path, "127.0.0.1");
        _certificate = File.ReadAllText(certificate);
        _key.ImportFromPem(File.ReadAllText(key));
    }

    public static TheoryData<string, byte[]> Garbage => new()
    {
        { "a Kafka request without TLS", Question },
        { "HTTP", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: broker\r\n\r\n") },
        { "zeros", new byte[100_000] },
        { "a TLS record longer than any", [0x16, 3, 1, 0xff, 0xff, .. new byte[70_000]] },
        { "a ClientHello of nonsense", [0x16, 3, 1, 0, 44, 1, 0, 0, 40, .. Enumerable.Repeat((byte)0xee, 40)] },
        { "an alert", [0x15, 3, 3, 0, 2, 2, 40] },
        { "half a ClientHello", [0x16, 3, 1, 2, 0, 1] },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Who_sends_no_TLS_is_sent_away_and_disturbs_nobody(string what, byte[] bytes)
    {
        await using var broker = await StartAsync(("ssl.keystore.key", _key.ExportPkcs8PrivateKeyPem()));
        await using var good = await ConnectAsync(broker);
        await AskAsync(good);
        using (var bad = await ConnectBareAsync(broker))
        {
            await bad.SendAsync(bytes, Cancelled);
            bad.Shutdown(SocketShutdown.Send);
            Assert.True(await IsClosedAsync(bad), what);
        }

        await AskAsync(good);
        await using var another = await ConnectAsync(broker);
        await AskAsync(another);
        Assert.DoesNotContain(broker.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_encrypted_is_served_with_its_password()
    {
        await using var inline = await StartAsync(("ssl.keystore.key", EncryptedKey()), ("ssl.key.password", KeyPassword));
        await using var first = await ConnectAsync(inline);
        await AskAsync(first);

        var both = Path.Combine(_folder.Path, "both.pem");
        await File.WriteAllTextAsync(both, $"{_certificate}\n{EncryptedKey()}\n", Cancelled);
        await using var file = await TestBroker.StartAsync(
            ("listeners", "SSL://127.0.0.1:0"), ("ssl.keystore.location", both), ("ssl.key.password", KeyPassword));
        await using var second = await ConnectAsync(file);
        await AskAsync(second);
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_is_one_line_that_says_what_to_do()
    {
        await AssertRefusedAsync("is encrypted: set ssl.key.password", ("ssl.keystore.key", EncryptedKey()));
        await AssertRefusedAsync("cannot be used", ("ssl.keystore.key", EncryptedKey()), ("ssl.key.password", "wrong-secret"));
        await AssertRefusedAsync(
            "openssl pkcs8 -topk8",
            ("ssl.keystore.key", "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----"),
            ("ssl.key.password", KeyPassword));
        await AssertRefusedAsync("cannot be used", ("ssl.keystore.key", "no key at all"));
        using var other = RSA.Create(2048);
        await AssertRefusedAsync("cannot be used", ("ssl.keystore.key", other.ExportPkcs8PrivateKeyPem()));
    }

    private static async Task<Socket> ConnectBareAsync(TestBroker broker)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", broker.Endpoint(SecurityProtocol.Ssl).Port, Cancelled);
        return socket;
    }

    private static async Task AskAsync(SslStream stream)
    {
        await stream.WriteAsync(Question, Cancelled);
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, Cancelled);
        var answer = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(length)];
        await stream.ReadExactlyAsync(answer, Cancelled);
        Assert.Equal([0, 0, 0, 1, 0, 0], answer[..6]);
    }

    /// <summary>Whatever comes before the end, an alert for instance.</summary>
    private static async Task<bool> IsClosedAsync(Socket socket)
    {
        var received = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(received, Cancelled) > 0)
            {
            }

            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    private async Task<SslStream> ConnectAsync(TestBroker broker)
    {
        var socket = await ConnectBareAsync(broker);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(X509Certificate2.CreateFromPem(_certificate));
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", CertificateChainPolicy = trust }, Cancelled);
        return tls;
    }

    private string EncryptedKey() => _key.ExportEncryptedPkcs8PrivateKeyPem(
        KeyPassword, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000));

    private async Task AssertRefusedAsync(string expected, params (string Name, string Value)[] properties)
    {
        var error = await Assert.ThrowsAsync<BrokerException>(() => StartAsync(properties));

        Assert.Equal(BrokerFailure.Options, error.Failure);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private Task<TestBroker> StartAsync(params (string Name, string Value)[] properties) =>
        TestBroker.StartAsync([("listeners", "SSL://127.0.0.1:0"), ("ssl.keystore.certificate.chain", _certificate), .. properties]);
}
