using Fink.Integration.Tests.Walk;
using Fink.Kafka;
using Fink.Kafka.Properties;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Tls;

/// <summary>Who may speak TLS with the cluster, by the stores that users have; and what the others are told.</summary>
public sealed class TlsTests(TlsClusters started, TestClusters clusters) : IClassFixture<TlsClusters>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TlsClusters.Embedded)]
    [InlineData(TlsClusters.Kraft)]
    public async Task The_credentials_files_name_the_authority_for_us_for_Java_and_for_librdkafka(string kind)
    {
        var tls = await started.StartedAsync(kind);

        var created = await tls.RunAsync("topic", "create", "tls-a");
        Assert.True(created.ExitCode == 0, created.Error);

        var librdkafka = await File.ReadAllLinesAsync(tls.Credentials("admin.librdkafka.conf"), Cancel);
        var authority = Assert.Single(librdkafka, line => line.StartsWith("ssl.ca.location=", StringComparison.Ordinal))["ssl.ca.location=".Length..];
        Assert.Equal(await File.ReadAllTextAsync(tls.Certificate, Cancel), (await File.ReadAllTextAsync(authority, Cancel)).TrimEnd('\n'));

        ProgramOnPath.Require("java");
        var java = await TlsCluster.RunToolAsync(
            Path.Combine(SharedFolder.Require("kafka/4.1"), "bin", "kafka-topics.sh"),
            "--bootstrap-server", tls.Servers, "--command-config", tls.Credentials("admin.properties"), "--list");
        Assert.Contains("tls-a", java, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TlsClusters.Embedded)]
    [InlineData(TlsClusters.Kraft)]
    public async Task A_PEM_trust_store_is_taken(string kind)
    {
        var tls = await started.StartedAsync(kind);
        var properties = await tls.PropertiesAsync("pem.properties", tls.Certificate, "ssl.truststore.type=PEM");

        var (exitCode, _, error) = await tls.RunAsync("topic", "list", "--command-config", properties);

        Assert.True(exitCode == 0, error);
    }

    [Theory]
    [InlineData(TlsClusters.Embedded)]
    [InlineData(TlsClusters.Kraft)]
    public async Task A_PKCS12_trust_store_of_Java_is_taken_and_a_wrong_password_for_it_is_told(string kind)
    {
        var tls = await started.StartedAsync(kind);
        var store = await tls.TrustStoreAsync("pkcs12");
        var right = await tls.PropertiesAsync("p12.properties", store, "ssl.truststore.type=PKCS12", $"ssl.truststore.password={TlsCluster.StorePassword}");
        var wrong = await tls.PropertiesAsync("p12-wrong.properties", store, "ssl.truststore.password=not-this-one");

        var taken = await tls.RunAsync("topic", "list", "--command-config", right);
        var refused = await tls.RunAsync("topic", "list", "--command-config", wrong);

        Assert.True(taken.ExitCode == 0, taken.Error);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("ssl.truststore.password", OneLine(refused.Error), StringComparison.Ordinal);
        Assert.DoesNotContain("not-this-one", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TlsClusters.Embedded)]
    [InlineData(TlsClusters.Kraft)]
    public async Task A_JKS_trust_store_is_one_error_that_gives_the_line_which_mends_it(string kind)
    {
        var tls = await started.StartedAsync(kind);
        var store = await tls.TrustStoreAsync("jks");
        var properties = await tls.PropertiesAsync("jks.properties", store, $"ssl.truststore.password={TlsCluster.StorePassword}");

        var (exitCode, _, error) = await tls.RunAsync("topic", "list", "--command-config", properties);

        Assert.Equal(2, exitCode);
        Assert.Contains("keytool -importkeystore", OneLine(error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TlsClusters.Embedded, "topic", "list")]
    [InlineData(TlsClusters.Embedded, "consume", "fink_tls", "--until-end")]
    [InlineData(TlsClusters.Kraft, "topic", "list")]
    [InlineData(TlsClusters.Kraft, "consume", "fink_tls", "--until-end")]
    public async Task Another_authority_is_not_trusted(string kind, params string[] command)
    {
        var tls = await started.StartedAsync(kind);
        using var elsewhere = new TestClusterFolder();
        var (other, _) = TestCertificate.WriteWithSec1Key(elsewhere.Path, "127.0.0.1");
        var properties = await tls.PropertiesAsync($"other-{command[0]}.properties", other);

        var (exitCode, _, error) = await tls.RunAsync([.. command, "--command-config", properties]);

        Assert.Equal(4, exitCode);
        Assert.Contains("certificate", OneLine(error), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(TlsClusters.Embedded)]
    [InlineData(TlsClusters.Kraft)]
    public async Task A_name_that_the_certificate_does_not_have_is_not_trusted(string kind)
    {
        var tls = await started.StartedAsync(kind);
        var properties = await tls.PropertiesAsync("name.properties", tls.Certificate);

        var (exitCode, _, error) = await tls.RunAsync(
            "topic", "list", "--command-config", properties, "--bootstrap-server", tls.Servers.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

        Assert.Equal(4, exitCode);
        OneLine(error);
    }

    [Theory]
    [InlineData(TlsClusters.Embedded)]
    [InlineData(TlsClusters.Kraft)]
    public async Task A_client_without_TLS_is_told_what_this_listener_may_want(string kind)
    {
        var tls = await started.StartedAsync(kind);
        var properties = await tls.PropertiesAsync("plain.properties", tls.Certificate, "security.protocol=SASL_PLAINTEXT");

        var (exitCode, _, error) = await tls.RunAsync("topic", "list", "--command-config", properties);

        Assert.Equal(4, exitCode);
        Assert.EndsWith("The client spoke SASL_PLAINTEXT: does this listener too?", OneLine(error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_listener_without_TLS_fails_a_client_with_it_as_TLS(string kind)
    {
        var plain = await clusters.OfAsync(kind);
        using var folder = new TestClusterFolder();
        var (certificate, _) = TestCertificate.WriteWithSec1Key(folder.Path, "127.0.0.1");
        var properties = Path.Combine(folder.Path, "tls.properties");
        await File.WriteAllTextAsync(
            properties,
            await File.ReadAllTextAsync(plain.AdminProperties, Cancel) + $"\nsecurity.protocol=SASL_SSL\nssl.truststore.location={certificate}\n",
            Cancel);

        using var admin = new KafkaAdmin(new KafkaConnection(plain.BootstrapServers, ClientProperties.Load(properties)));
        var failure = await Assert.ThrowsAsync<KafkaOperationException>(() => admin.Topics.ListAsync(false, Cancel));
        var (exitCode, _, error) = await Tool.RunAsync(folder.Path, "", "topic", "list", "--command-config", properties);

        Assert.Equal(FailureKind.TlsFailed, failure.Kind);
        Assert.Equal(4, exitCode);
        OneLine(error);
    }

    private static string OneLine(string error) =>
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("fink-kafka: ", StringComparison.Ordinal));
}
