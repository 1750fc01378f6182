using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Integration.Tests.Foreign;
using Fink.Kafka;
using Fink.Kafka.Acls;
using Fink.Kafka.Cluster;
using Fink.Kafka.Properties;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Cluster;

/// <summary>The listener for clients that do not log in, over each Kafka: what they may do, what not, and how it is closed again.</summary>
public sealed class AnonymousReadTests
{
    private const string Alerts = "fink_anybody";
    private const string Outstream = "outstream";
    private const string Secret = "secret";

    public static TheoryData<string?, ClusterMode> Kafkas => new()
    {
        { null, ClusterMode.Embedded },
        { "kafka/3.9", ClusterMode.ZooKeeper },
        { "kafka/4.1", ClusterMode.Kraft },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kafkas))]
    public async Task Anybody_reads_alerts_and_does_nothing_else_until_a_start_that_does_not_ask_for_it(string? kafka, ClusterMode mode)
    {
        using var folder = new TestClusterFolder();
        var cluster = new LocalCluster(folder.Path);
        var addresses = TestClusters.FreeAddresses(3);
        var closed = new ClusterOptions
        {
            Mode = mode,
            KafkaHome = kafka is null ? null : SharedFolder.Require(kafka),
            OwnCommand = TestClusters.OwnCommand,
            BrokerAddresses = [addresses[0]],
            ZooKeeper = addresses[1],
            DistributionTopic = Outstream,
        };
        var open = closed with { AnonymousListen = addresses[2] };
        try
        {
            var started = await cluster.StartAsync(open, null, Cancel);
            Assert.Equal(addresses[2].ToString(), started.Cluster.AnonymousServers);
            Assert.Contains(addresses[2].ToString(), Assert.Single(started.Notes), StringComparison.Ordinal);
            await MakeTopicsAsync(cluster);

            await AssertRightsAsync(cluster, mayRead: true);
            AssertReads(addresses[2]);
            await AssertChangesNothingAsync(addresses[2]);

            Assert.Empty((await cluster.StartAsync(open, null, Cancel)).Notes);
            Assert.Contains("stop", Assert.Single((await cluster.StartAsync(closed, null, Cancel)).Notes), StringComparison.Ordinal);
            AssertReads(addresses[2]);

            await cluster.StopAsync(null, null, Cancel);
            started = await cluster.StartAsync(closed, null, Cancel);
            Assert.Null(started.Cluster.AnonymousServers);
            Assert.Contains("any more", Assert.Single(started.Notes), StringComparison.Ordinal);
            await AssertRightsAsync(cluster, mayRead: false);
            Prerequisites.RequireFree(addresses[2]);
        }
        finally
        {
            await cluster.StopAsync(TimeSpan.FromSeconds(10), null, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Python_s_producer_is_refused_without_a_login()
    {
        using var folder = new TestClusterFolder();
        var cluster = new LocalCluster(folder.Path);
        var addresses = TestClusters.FreeAddresses(2);
        try
        {
            await cluster.StartAsync(
                new ClusterOptions { Mode = ClusterMode.Embedded, OwnCommand = TestClusters.OwnCommand, BrokerAddresses = [addresses[0]], AnonymousListen = addresses[1] },
                null, Cancel);
            await MakeTopicsAsync(cluster);

            Assert.Equal("TOPIC_AUTHORIZATION_FAILED", await ForeignClient.WriteWithPythonAsync(addresses[1].ToString(), Alerts, Cancel));
        }
        finally
        {
            await cluster.StopAsync(TimeSpan.FromSeconds(10), null, CancellationToken.None);
        }
    }

    private static KafkaConnection AdminOf(LocalCluster cluster) =>
        new(cluster.Describe()!.BootstrapServers, ClientProperties.Load(cluster.Layout.CredentialsFile("admin")));

    private static async Task MakeTopicsAsync(LocalCluster cluster)
    {
        using var admin = new KafkaAdmin(AdminOf(cluster), TimeProvider.System);
        await admin.Topics.CreateAsync([.. new[] { Alerts, Outstream, Secret }.Select(name => new Fink.Kafka.Topics.TopicSpecification(name, null, null, new Dictionary<string, string>()))], ifNotExists: true, Cancel);
        using var producer = new ProducerBuilder<Null, string>(AdminOf(cluster).ToClientConfig()).SetLogHandler((_, _) => { }).Build();
        foreach (var topic in new[] { Alerts, Outstream, Secret })
        {
            await producer.ProduceAsync(topic, new Message<Null, string> { Value = topic }, Cancel);
        }
    }

    private static async Task AssertRightsAsync(LocalCluster cluster, bool mayRead)
    {
        using var admin = new KafkaAdmin(AdminOf(cluster), TimeProvider.System);
        foreach (var (wish, expected) in new[]
        {
            (new AccessWish(AccessKind.Read, Alerts), mayRead),
            (new AccessWish(AccessKind.Read, Outstream), mayRead),
            (new AccessWish(AccessKind.Group, "anything"), mayRead),
            (new AccessWish(AccessKind.Read, Secret), false),
            (new AccessWish(AccessKind.Write, Alerts), false),
            (new AccessWish(AccessKind.Group, "fink-work-default"), false),
            (new AccessWish(AccessKind.Group, "spark-kafka-1"), false),
        })
        {
            var question = new AclQuestion("ANONYMOUS", "127.0.0.1", [wish]);
            var verdict = await admin.Acls.CheckAsync(question, AuthorizerSettings.Assumed, TimeSpan.Zero, Cancel);
            Assert.True(expected == verdict.Allowed, $"{wish}: {verdict.Why}");
        }
    }

    private static void AssertReads(HostPort address)
    {
        using var consumer = Consumer(address, "anything");
        consumer.Subscribe([Alerts, Outstream]);
        var read = Enumerable.Range(0, 2).Select(_ => consumer.Consume(TimeSpan.FromSeconds(60)).Message.Value).Order(StringComparer.Ordinal);
        Assert.Equal([Alerts, Outstream], read);
        // Else the next member of the group waits until this one's session is over.
        consumer.Close();
    }

    private static async Task AssertChangesNothingAsync(HostPort address)
    {
        var config = new ClientConfig { BootstrapServers = address.ToString() };
        using var producer = new ProducerBuilder<Null, string>(config).SetLogHandler((_, _) => { }).Build();
        foreach (var topic in new[] { Alerts, Outstream })
        {
            var refused = await Assert.ThrowsAsync<ProduceException<Null, string>>(() => producer.ProduceAsync(topic, new Message<Null, string> { Value = "x" }, Cancel));
            Assert.Equal(ErrorCode.TopicAuthorizationFailed, refused.Error.Code);
        }

        using var admin = new AdminClientBuilder(config).SetLogHandler((_, _) => { }).Build();
        Assert.Equal([Alerts, Outstream], admin.GetMetadata(TimeSpan.FromSeconds(20)).Topics.Select(topic => topic.Topic).Order(StringComparer.Ordinal));
        var made = await Assert.ThrowsAsync<CreateTopicsException>(() => admin.CreateTopicsAsync([new TopicSpecification { Name = "fink_new", NumPartitions = 1, ReplicationFactor = 1 }]));
        Assert.Equal(ErrorCode.TopicAuthorizationFailed, Assert.Single(made.Results).Error.Code);
        var deleted = await Assert.ThrowsAsync<DeleteTopicsException>(() => admin.DeleteTopicsAsync([Alerts]));
        Assert.Equal(ErrorCode.TopicAuthorizationFailed, Assert.Single(deleted.Results).Error.Code);
        // librdkafka leaves out that it was refused.
        var acls = await admin.DescribeAclsAsync(new AclBindingFilter
        {
            PatternFilter = new ResourcePatternFilter { Type = ResourceType.Any, ResourcePatternType = ResourcePatternType.Any },
            EntryFilter = new AccessControlEntryFilter { Operation = Confluent.Kafka.Admin.AclOperation.Any, PermissionType = Confluent.Kafka.Admin.AclPermissionType.Any },
        });
        Assert.Empty(acls.AclBindings);

        foreach (var (group, topic, expected) in new[]
        {
            ("fink-work-default", Alerts, ErrorCode.GroupAuthorizationFailed),
            ("spark-kafka-1", Alerts, ErrorCode.GroupAuthorizationFailed),
            ("anything", Secret, ErrorCode.TopicAuthorizationFailed),
        })
        {
            using var consumer = Consumer(address, group);
            consumer.Subscribe(topic);
            Assert.Equal(expected, Assert.Throws<ConsumeException>(() => consumer.Consume(TimeSpan.FromSeconds(60))).Error.Code);
        }
    }

    private static IConsumer<Ignore, string> Consumer(HostPort address, string group) => new ConsumerBuilder<Ignore, string>(new ConsumerConfig
    {
        BootstrapServers = address.ToString(),
        GroupId = group,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnableAutoCommit = false,
    }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
}
