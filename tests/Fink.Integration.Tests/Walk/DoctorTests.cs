using Confluent.Kafka;
using Fink.Kafka;
using Fink.Kafka.Cluster;
using Fink.Kafka.Properties;

namespace Fink.Integration.Tests.Walk;

/// <summary>What the doctor says of a cluster that runs.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-doctor-").FullName;

    [Fact]
    public async Task A_cluster_of_ours_is_well_and_a_wrong_password_is_found()
    {
        var (started, _, trouble) = await Tool.RunAsync(_folder, "", "start", "--mode", "embedded", "--listen", $"127.0.0.1:{FreePort()}");
        Assert.True(started == 0, trouble);
        try
        {
            var (exitCode, output, error) = await Tool.RunAsync(_folder, "", "doctor", "-o", "tsv");
            Assert.True(exitCode == 0, output + error);
            Assert.All(["port\tok\t", "reach\tok\t", "login\tok\tas admin", "secrets\tok\t3 files"], text => Assert.Contains(text, output, StringComparison.Ordinal));

            var properties = Path.Combine(_folder, "wrong.properties");
            var right = await File.ReadAllTextAsync(Path.Combine(_folder, "cluster", "credentials", "admin.properties"), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(properties, right.Replace("password=\"", "password=\"wrong-", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            (exitCode, output, _) = await Tool.RunAsync(_folder, "", "doctor", "-o", "tsv", "--command-config", properties);
            Assert.Equal(1, exitCode);
            Assert.Contains("login\tmissing\tas admin", output, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong-", output, StringComparison.Ordinal);

            var (_, names, _) = await Tool.RunAsync(_folder, "", "complete", "--wait", "30s", "--", "acl", "list", "--user", "fink");
            Assert.Equal("finkConsumer\nfinkProducer\n", names);
        }
        finally
        {
            await Tool.RunAsync(_folder, "", "stop");
        }
    }

    [Theory]
    [InlineData(0, "skew\tok\tno record is from the future")]
    [InlineData(20, "skew\twarning\tthe newest record of observed is ")]
    public async Task The_clock_is_compared_with_the_newest_record(int minutesAhead, string expected)
    {
        var (started, _, trouble) = await Tool.RunAsync(_folder, "", "start", "--mode", "embedded", "--listen", $"127.0.0.1:{FreePort()}");
        Assert.True(started == 0, trouble);
        try
        {
            Assert.Contains("skew\tskipped\tno record", (await Tool.RunAsync(_folder, "", "doctor", "-o", "tsv")).Output, StringComparison.Ordinal);
            await Tool.RunAsync(_folder, "", "topic", "create", "observed", "older");
            await ProduceAsync("older", TimeProvider.System.GetUtcNow().AddDays(-1));
            await ProduceAsync("observed", TimeProvider.System.GetUtcNow().AddMinutes(minutesAhead));

            var (exitCode, output, error) = await Tool.RunAsync(_folder, "", "doctor", "-o", "tsv");

            Assert.True(exitCode == 0, output + error);
            Assert.Contains(expected, output, StringComparison.Ordinal);
        }
        finally
        {
            await Tool.RunAsync(_folder, "", "stop");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task ProduceAsync(string topic, DateTimeOffset time)
    {
        var cluster = new LocalCluster(Path.Combine(_folder, "cluster"));
        var connection = new KafkaConnection(cluster.Describe()!.BootstrapServers, ClientProperties.Load(cluster.Layout.CredentialsFile("admin")));
        using var producer = new ProducerBuilder<Null, string>(connection.ToClientConfig()).Build();
        await producer.ProduceAsync(topic, new Message<Null, string> { Value = "seen", Timestamp = new Timestamp(time) }, TestContext.Current.CancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
