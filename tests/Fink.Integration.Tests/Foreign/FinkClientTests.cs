using Fink.Distribution;
using Fink.Distribution.Configuration;
using Fink.Kafka;
using Fink.Kafka.Acls;
using Fink.Kafka.Cluster;
using Fink.Kafka.Properties;
using Fink.ScienceDb;
using Fink.ScienceDb.Simulation;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Foreign;

/// <summary>
/// The contract with fink-client, kept by what does the same steps with the same settings (tests/foreign/read_as_fink_client.py): a user
/// of the Python API, who logs in, and finkctl, which never does.
/// </summary>
public sealed class FinkClientTests(TestClusters clusters)
{
    private const int Alerts = 30;
    private const int FirstPart = 12;

    private readonly string _name = $"c{Guid.NewGuid():N}"[..9];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Topic => $"fink_{_name}_ztf";

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.ZooKeeper)]
    [InlineData(TestClusters.Kraft)]
    public async Task Who_logs_in_gets_every_alert_once_over_two_sessions_and_saves_it_as_a_file(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        using var folder = new TestClusterFolder();
        var password = Path.Combine(folder.Path, "password");
        await File.WriteAllTextAsync(password, "correct horse battery staple", Cancel);
        var expected = await DistributeAsync(cluster.Local, folder.Path);
        using (var admin = new KafkaAdmin(ConnectionOf(cluster.Local, "admin"), TimeProvider.System))
        {
            await admin.Users.AddAsync(_name, new Secret("correct horse battery staple"), ScramMechanism.Sha512, 4096, Cancel);
            await admin.Acls.AddAsync(AclSets.Consumer(_name, AclResource.Topic(Topic), AclResource.Group(_name)), Cancel);
        }

        await AssertReadsAllAsync(
            expected, folder.Path,
            ["--servers", cluster.BootstrapServers, "--group", _name, "--username", _name, "--password-file", password]);
    }

    [Theory]
    [InlineData(null, ClusterMode.Embedded)]
    [InlineData("kafka/3.9", ClusterMode.Kraft)]
    public async Task Finkctl_streams_without_a_login_where_a_cluster_was_started_so(string? kafka, ClusterMode mode)
    {
        using var folder = new TestClusterFolder();
        var cluster = new LocalCluster(Path.Combine(folder.Path, "cluster"));
        var addresses = TestClusters.FreeAddresses(2);
        try
        {
            await cluster.StartAsync(
                new ClusterOptions
                {
                    Mode = mode,
                    KafkaHome = kafka is null ? null : SharedFolder.Require(kafka),
                    OwnCommand = TestClusters.OwnCommand,
                    BrokerAddresses = [addresses[0]],
                    AnonymousListen = addresses[1],
                },
                null, Cancel);
            var expected = await DistributeAsync(cluster, folder.Path);

            var topics = await AssertReadsAllAsync(expected, folder.Path, ["--servers", addresses[1].ToString(), "--group", _name]);

            Assert.Equal([Topic], topics);
            Assert.Equal("TOPIC_AUTHORIZATION_FAILED", await ForeignClient.WriteWithPythonAsync(addresses[1].ToString(), Topic, Cancel));
        }
        finally
        {
            await cluster.StopAsync(TimeSpan.FromSeconds(10), null, CancellationToken.None);
        }
    }

    private static KafkaConnection ConnectionOf(LocalCluster cluster, string user) =>
        new(cluster.Describe()!.BootstrapServers, ClientProperties.Load(cluster.Layout.CredentialsFile(user)));

    /// <summary>Sends a night to the topic; returns each alert as the client shows it, by a plain query.</summary>
    private async Task<List<string>> DistributeAsync(LocalCluster cluster, string folder)
    {
        var night = Path.Combine(folder, "night");
        SimulatedNight.Write(new SimulationOptions { Alerts = Alerts, OutputFolder = night }, cancellationToken: Cancel);
        var rules = Path.Combine(folder, "rules.yaml");
        await File.WriteAllTextAsync(rules, $"topics: [{{ name: {Topic}, partitions: 3 }}]", Cancel);
        var summary = await DistributionJob.RunAsync(
            new DistributionOptions { Rules = RulesFile.LoadYaml(rules), Source = night, Job = _name }, ConnectionOf(cluster, "finkProducer"), null, TimeProvider.System, Cancel);
        Assert.Equal((Alerts, 0), (summary.Sent, summary.Failed));
        return [.. PlainQuery
            .Rows($"SELECT objectId, candid::VARCHAR, printf('%.6f', candidate.jd), cdsxmatch, printf('%.3f', candidate.magpsf) FROM {PlainQuery.Quote(night + "/**/*.parquet")}")
            .Select(row => string.Join(' ', row)).Order(StringComparer.Ordinal)];
    }

    /// <summary>In two sessions of one group: what the first one got is committed when it closes. Returns the topics that can be seen.</summary>
    private async Task<string[]> AssertReadsAllAsync(List<string> expected, string folder, string[] arguments)
    {
        var saved = Path.Combine(folder, "saved");
        Directory.CreateDirectory(saved);
        List<string> read = [];
        string[] topics = [];
        foreach (var limit in new[] { FirstPart, Alerts - FirstPart })
        {
            using var result = await ForeignClient.ReadAsFinkClientAsync([.. arguments, "--limit", $"{limit}", "--outdir", saved, Topic], Cancel);
            foreach (var alert in result.RootElement.GetProperty("alerts").EnumerateArray())
            {
                var (name, candid) = (alert.GetProperty("objectId").GetString(), alert.GetProperty("candid").GetInt64());
                Assert.Equal(Topic, alert.GetProperty("topic").GetString());
                Assert.Equal($"{name}_{candid}.avro", alert.GetProperty("file").GetString());
                var shown = alert.GetProperty("shown");
                read.Add(FormattableString.Invariant($"{name} {candid} {shown[0].GetDouble():F6} {shown[1].GetString()} {shown[2].GetDouble():F3}"));
            }

            topics = [.. result.RootElement.GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()!)];
        }

        Assert.Equal(expected, read.Order(StringComparer.Ordinal));
        Assert.Equal(Alerts, Directory.GetFiles(saved, "*.avro").Length);
        return topics;
    }
}
