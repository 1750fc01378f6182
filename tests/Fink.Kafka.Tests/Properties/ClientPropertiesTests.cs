using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Tests.Properties;

public sealed class ClientPropertiesTests : IDisposable
{
    private const string Scram = "org.apache.kafka.common.security.scram.ScramLoginModule required";
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-properties-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""p\\",=@;\\\\ x""", "p\",=@;\\ x")]
    [InlineData("""plain""", "plain")]
    [InlineData("""a b = c; d""", "a b = c; d")]
    [InlineData("""caf\u00e9""", "café")]
    public void A_password_comes_out_of_JAAS_as_it_was(string written, string password)
    {
        // In a properties file a backslash of the JAAS text is itself written twice.
        var properties = ClientProperties.Parse(
            $"security.protocol=SASL_PLAINTEXT\nsasl.mechanism=SCRAM-SHA-512\n"
            + $"sasl.jaas.config={Scram} username=\"eve\" password=\"{written}\";\n",
            "test");

        Assert.Equal(password, properties.Settings["sasl.password"]);
        Assert.Equal("eve", properties.User);
        Assert.DoesNotContain(password, properties.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client.id=a")]
    [InlineData("client.id:a")]
    [InlineData("client.id a")]
    [InlineData("  client.id  =  a")]
    [InlineData("client\\.id=a")]
    [InlineData("client.id=\\\n   a")]
    [InlineData("# client.id=b\n! client.id=c\n\nclient.id=a\r\n")]
    [InlineData("client.id=b\nclient.id=a")]
    public void The_syntax_is_that_of_Java_properties(string text) =>
        Assert.Equal("a", ClientProperties.Parse(text, "test").Settings["client.id"]);

    [Fact]
    public void Kafkas_names_become_librdkafkas()
    {
        var settings = ClientProperties.Parse(
            "security.protocol=ssl\nssl.endpoint.identification.algorithm=\nrequest.timeout.ms=7000\n", "test").Settings;

        Assert.Equal("SSL", settings["security.protocol"]);
        Assert.Equal("none", settings["ssl.endpoint.identification.algorithm"]);
        Assert.Equal("7000", settings["socket.timeout.ms"]);
    }

    [Fact]
    public void What_tunes_a_producer_or_a_consumer_reaches_it_alone()
    {
        var connection = new KafkaConnection(
            "127.0.0.1:1",
            ClientProperties.Parse("linger.ms=7\ncompression.type=zstd\nacks=all\nfetch.min.bytes=9\nclient.id=a\n", "test"));

        Assert.Empty(connection.Properties.Notes);
        Assert.Equal(("7", "zstd", "a"), (connection.ToProducerSettings()["linger.ms"], connection.ToProducerSettings()["compression.codec"], connection.ToProducerSettings()["client.id"]));
        Assert.Equal("9", connection.ToConsumerSettings()["fetch.min.bytes"]);
        Assert.DoesNotContain("fetch.min.bytes", connection.ToProducerSettings());
        Assert.DoesNotContain("linger.ms", connection.ToConsumerSettings());
        Assert.DoesNotContain(connection.ToClientConfig(), pair => pair.Key is "linger.ms" or "fetch.min.bytes");
    }

    [Theory]
    [InlineData("acks=1", "acks=all")]
    [InlineData("acks=0", "acks=all")]
    [InlineData("enable.idempotence=false", "comes twice")]
    [InlineData("max.request.size=100", "max-message-bytes")]
    [InlineData("message.max.bytes=100", "max-message-bytes")]
    [InlineData("isolation.level=read_uncommitted", "read_committed")]
    public void What_would_weaken_a_promise_is_noted_and_not_used(string line, string why)
    {
        var connection = new KafkaConnection("127.0.0.1:1", ClientProperties.Parse(line, "client.properties"));

        var note = Assert.Single(connection.Properties.Notes);
        Assert.StartsWith($"client.properties:1: {line} is not used: ", note, StringComparison.Ordinal);
        Assert.Contains(why, note, StringComparison.Ordinal);
        var key = line.Split('=')[0];
        Assert.DoesNotContain(key, connection.ToProducerSettings());
        Assert.DoesNotContain(key, connection.ToConsumerSettings());
    }

    [Fact]
    public void A_key_that_only_Java_knows_is_noted_with_its_line()
    {
        var properties = ClientProperties.Parse("client.id=a\ninterceptor.classes=x.Y\n", "client.properties");

        Assert.Equal("client.properties:2: interceptor.classes is not used here.", Assert.Single(properties.Notes));
    }

    [Fact]
    public void A_librdkafka_file_keeps_its_backslashes()
    {
        var settings = ClientProperties.Parse(
            "security.protocol=SASL_PLAINTEXT\nsasl.mechanisms=SCRAM-SHA-512\nsasl.username=bob\nsasl.password=a\\b\n",
            "test").Settings;

        Assert.Equal("a\\b", settings["sasl.password"]);
    }

    [Theory]
    [InlineData("security.protocol=SASL\n", "1: security.protocol")]
    [InlineData("security.protocol=SASL_SSL\n", "needs a sasl.jaas.config")]
    [InlineData("client.id=\\u00g1\n", "1: \\u needs four hex digits")]
    [InlineData("sasl.jaas.config=" + Scram + " username=\"secretname\" password=\"hidden\"\n", "the closing `;` is missing")]
    [InlineData("sasl.jaas.config=" + Scram + " username=\"a\" password=\"hidden;\n", "a quote is not closed")]
    [InlineData("sasl.jaas.config=" + Scram + " username=\"a\";\n", "needs username and password")]
    [InlineData("sasl.jaas.config=x.Krb5LoginModule required;\n", "Krb5LoginModule is not supported")]
    public void A_mistake_is_told_with_its_place_and_without_a_secret(string text, string told)
    {
        var mistake = Assert.Throws<ClientPropertiesException>(() => ClientProperties.Parse(text, "test"));

        Assert.Contains(told, mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(_folder, "none.properties");

        Assert.Contains(path, Assert.Throws<ClientPropertiesException>(() => ClientProperties.Load(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_JKS_store_is_one_error_with_the_line_that_converts_it()
    {
        var store = Path.Combine(_folder, "trust.jks");
        File.WriteAllBytes(store, [0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2]);

        var mistake = Assert.Throws<ClientPropertiesException>(
            () => ClientProperties.Parse($"security.protocol=SSL\nssl.truststore.location={store}\n", "test"));

        Assert.Contains($"keytool -importkeystore -srckeystore {store}", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PKCS12_stores_become_PEM()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=fink", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        var store = Path.Combine(_folder, "store.p12");
        File.WriteAllBytes(store, certificate.Export(X509ContentType.Pkcs12, "storepw"));

        var settings = ClientProperties.Parse(
            $"security.protocol=SSL\nssl.truststore.location={store}\nssl.truststore.password=storepw\n"
            + $"ssl.keystore.location={store}\nssl.keystore.password=storepw\n",
            "test").Settings;

        Assert.Equal(certificate.Thumbprint, X509Certificate2.CreateFromPem(settings["ssl.ca.pem"]).Thumbprint);
        using var again = RSA.Create();
        again.ImportFromPem(settings["ssl.key.pem"]);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), again.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void A_password_file_that_others_can_read_is_noted()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("File modes are those of Unix.");
            return;
        }

        var path = Path.Combine(_folder, "bob.properties");
        File.WriteAllText(
            path, "security.protocol=SASL_PLAINTEXT\nsasl.mechanisms=PLAIN\nsasl.username=bob\nsasl.password=pw\n");

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("others can read it", Assert.Single(ClientProperties.Load(path).Notes), StringComparison.Ordinal);

        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        Assert.Empty(ClientProperties.Load(path).Notes);
    }
}
