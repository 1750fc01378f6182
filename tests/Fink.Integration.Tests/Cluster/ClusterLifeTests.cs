using Fink.Kafka;
using Fink.Kafka.Acls;
using Fink.Kafka.Cluster;
using Fink.Kafka.Properties;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Cluster;

/// <summary>A cluster's whole life, for each mode and each Kafka: start, look, start again, stop, and the users still there.</summary>
public sealed class ClusterLifeTests(TestClusters clusters)
{
    public static TheoryData<string?, ClusterMode> Kafkas => new()
    {
        { null, ClusterMode.Embedded },
        { "kafka/3.9", ClusterMode.ZooKeeper },
        { "kafka/3.9", ClusterMode.Kraft },
        { "kafka/4.1", ClusterMode.Kraft },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kafkas))]
    public async Task A_cluster_starts_guarded_and_keeps_its_users_over_a_restart(string? kafka, ClusterMode mode)
    {
        var home = kafka is null ? null : SharedFolder.Require(kafka);
        using var folder = new TestClusterFolder();
        var cluster = new LocalCluster(folder.Path);
        var addresses = TestClusters.FreeAddresses(2);
        var options = new ClusterOptions { Mode = mode, KafkaHome = home, OwnCommand = TestClusters.OwnCommand, BrokerAddresses = [addresses[0]], ZooKeeper = addresses[1] };
        try
        {
            using var watch = new SecretsWatch(folder.Path);
            var first = await cluster.StartAsync(options, null, Cancel);
            Assert.False(first.AlreadyRunning);
            Assert.Equal(addresses[0].ToString(), first.Cluster.BootstrapServers);
            await watch.RequireNothingSeenAsync(atLeast: mode == ClusterMode.Embedded ? 3 : 4);

            var status = await cluster.StatusAsync(null, Cancel);
            Assert.True(status.IsReady, status.Problem);
            Assert.All(status.Processes, process => Assert.NotNull(process.ProcessId));
            Assert.Equal(mode == ClusterMode.ZooKeeper ? 2 : 1, status.Processes.Count);

            var again = await cluster.StartAsync(options, null, Cancel);
            Assert.True(again.AlreadyRunning);
            Assert.Equal(status.Processes.Select(p => p.ProcessId), (await cluster.StatusAsync(null, Cancel)).Processes.Select(p => p.ProcessId));

            await MakeUserAsync(cluster, "alice");
            var stopped = await cluster.StopAsync(null, null, Cancel);
            Assert.Equal(mode == ClusterMode.ZooKeeper ? ["broker-0", "zookeeper"] : ["broker-0"], stopped.Stopped);
            Assert.Empty(stopped.Killed);
            Assert.False((await cluster.StatusAsync(null, Cancel)).IsReady);

            // What the folder remembers is enough.
            await cluster.StartAsync(new ClusterOptions { OwnCommand = TestClusters.OwnCommand }, null, Cancel);
            Assert.True(await LogsInAsync(cluster, "alice"));
        }
        finally
        {
            await cluster.StopAsync(TimeSpan.FromSeconds(10), null, CancellationToken.None);
        }
    }

    [Theory]
    [InlineData(null, ClusterMode.Embedded)]
    [InlineData("kafka/4.1", ClusterMode.Kraft)]
    public async Task Credentials_that_are_lost_are_made_anew_and_those_of_another_cluster_are_told_of(string? kafka, ClusterMode mode)
    {
        var home = kafka is null ? null : SharedFolder.Require(kafka);
        using var folder = new TestClusterFolder();
        var cluster = new LocalCluster(folder.Path);
        var options = new ClusterOptions { Mode = mode, KafkaHome = home, OwnCommand = TestClusters.OwnCommand, BrokerAddresses = TestClusters.FreeAddresses(1) };
        try
        {
            await cluster.StartAsync(options, null, Cancel);
            await MakeUserAsync(cluster, "alice");
            await cluster.StopAsync(null, null, Cancel);
            Directory.Delete(Path.Combine(folder.Path, "credentials"), recursive: true);

            Assert.Empty((await cluster.StartAsync(options, null, Cancel)).Notes);
            Assert.True(await LogsInAsync(cluster, "alice"));
            await cluster.StopAsync(null, null, Cancel);

            foreach (var file in Directory.GetFiles(Path.Combine(folder.Path, "credentials"), "admin.*"))
            {
                var text = await File.ReadAllTextAsync(file, Cancel);
                await File.WriteAllTextAsync(file, text.Replace("password=\"", "password=\"other-", StringComparison.Ordinal).Replace("sasl.password=", "sasl.password=other-", StringComparison.Ordinal), Cancel);
            }

            var note = Assert.Single((await cluster.StartAsync(options, null, Cancel)).Notes);
            Assert.Contains("does not let admin in", note, StringComparison.Ordinal);
            Assert.DoesNotContain("other-", note, StringComparison.Ordinal);
        }
        finally
        {
            await cluster.StopAsync(TimeSpan.FromSeconds(10), null, CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_start_that_needs_new_rights_and_is_not_let_in_says_the_way_out_and_it_is_one()
    {
        using var folder = new TestClusterFolder();
        var cluster = new LocalCluster(folder.Path);
        var options = new ClusterOptions { Mode = ClusterMode.Embedded, OwnCommand = TestClusters.OwnCommand, BrokerAddresses = TestClusters.FreeAddresses(1) };
        try
        {
            await cluster.StartAsync(options, null, Cancel);
            using (var admin = Admin(cluster))
            {
                await admin.Users.AddAsync("admin", new Secret("another"), ScramMechanism.Sha512, 4096, Cancel);
            }

            await cluster.StopAsync(null, null, Cancel);
            var moved = options with { DistributionTopic = "another_topic" };

            var error = await Assert.ThrowsAsync<ClusterException>(() => cluster.StartAsync(moved, null, Cancel));

            var credentials = Path.Combine(folder.Path, "credentials");
            Assert.Contains("this start has to change ACLs, and the cluster does not let admin in", error.Message, StringComparison.Ordinal);
            Assert.Contains($"delete {credentials}, and 'fink-kafka start' gives", error.Message, StringComparison.Ordinal);
            Directory.Delete(credentials, recursive: true);
            await cluster.StartAsync(moved, null, Cancel);
            Assert.True((await cluster.StatusAsync(null, Cancel)).IsReady);
        }
        finally
        {
            await cluster.StopAsync(TimeSpan.FromSeconds(10), null, CancellationToken.None);
        }
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task The_first_users_have_exactly_the_agreed_rights(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        using var admin = Admin(cluster.Local);

        var all = await admin.Acls.ListAsync(AclFilter.Everything, Cancel);
        var acls = all.Where(acl => acl.Principal is "User:finkProducer" or "User:finkConsumer").ToArray();

        string[] expected =
        [
            "finkProducer topic fink_ prefixed: Create Describe DescribeConfigs Write",
            "finkProducer topic fink-work- prefixed: Create Describe DescribeConfigs Read Write",
            "finkProducer group fink-work- prefixed: Read",
            "finkProducer transactionalid fink-work- prefixed: Describe Write",
            "finkConsumer topic fink_ prefixed: Describe Read",
            "finkConsumer group spark-kafka- prefixed: Read",
        ];
        var actual = acls
            .GroupBy(acl => $"{acl.Principal["User:".Length..]} {acl.Resource.Type.ToString().ToLowerInvariant()} {acl.Resource.Name} {acl.Resource.Pattern.ToString().ToLowerInvariant()}")
            .Select(group => $"{group.Key}: {string.Join(' ', group.Select(acl => acl.Operation.ToString()).Order(StringComparer.Ordinal))}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        Assert.All(acls, acl => Assert.Equal("127.0.0.1", acl.Host));
        Assert.All(acls, acl => Assert.Equal(AclPermissionType.Allow, acl.Permission));
    }

    [Fact]
    public async Task A_home_and_a_folder_with_blanks_and_TLS_with_an_old_key_format_work_together()
    {
        using var folder = new TestClusterFolder();
        var home = Path.Combine(folder.Path, "a kafka home");
        Directory.CreateSymbolicLink(home, SharedFolder.Require("kafka/4.1"));
        var (certificate, key) = TestCertificate.WriteWithSec1Key(folder.Path, "127.0.0.1");
        var cluster = new LocalCluster(Path.Combine(folder.Path, "a data folder"));
        try
        {
            var outcome = await cluster.StartAsync(
                new ClusterOptions
                {
                    KafkaHome = home,
                    BrokerAddresses = TestClusters.FreeAddresses(1),
                    TlsCertificate = certificate,
                    TlsKey = key,
                },
                null, Cancel);

            Assert.Equal("SASL_SSL", outcome.Cluster.SecurityProtocol);
            Assert.Equal(ClusterMode.Kraft, outcome.Cluster.Mode);
            Assert.Contains("ssl.truststore.location", await File.ReadAllTextAsync(cluster.Layout.CredentialsFile("admin"), Cancel));
            using var admin = Admin(cluster);
            Assert.Single((await admin.Cluster.DescribeAsync(Cancel)).Brokers);
        }
        finally
        {
            await cluster.StopAsync(TimeSpan.FromSeconds(10), null, CancellationToken.None);
        }
    }

    private static KafkaAdmin Admin(LocalCluster cluster) =>
        new(new KafkaConnection(cluster.Describe()!.BootstrapServers, ClientProperties.Load(cluster.Layout.CredentialsFile("admin"))));

    private static async Task MakeUserAsync(LocalCluster cluster, string user)
    {
        using var admin = Admin(cluster);
        await admin.Users.AddAsync(user, new Secret("a password"), ScramMechanism.Sha512, 4096, Cancel);
    }

    private static async Task<bool> LogsInAsync(LocalCluster cluster, string user)
    {
        using var admin = Admin(cluster);
        return await admin.Users.VerifyAsync(user, new Secret("a password"), ScramMechanism.Sha512, Cancel);
    }
}
