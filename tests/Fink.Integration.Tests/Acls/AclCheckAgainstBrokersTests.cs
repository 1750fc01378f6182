using System.Collections.Concurrent;
using Confluent.Kafka;
using Fink.Kafka;
using Fink.Kafka.Acls;
using Fink.Kafka.Properties;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Acls;

/// <summary>`acl check` must answer what a client gets by trying, for every set of the table, in every mode.</summary>
public sealed class AclCheckAgainstBrokersTests(TestClusters clusters)
{
    private const string Host = "127.0.0.1";
    private const string OpenTopic = "aclcheck-open";
    private static readonly AuthorizerSettings Settings = new(["admin"], AllowIfNoAcl: false, AreKnown: true);
    private static readonly Secret Password = new("p\",=@;\\ word");

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.ZooKeeper)]
    [InlineData(TestClusters.Kraft)]
    [InlineData(TestClusters.Kraft41)]
    public async Task The_answers_are_those_of_the_broker(string kind) => await CompareAsync(await clusters.OfAsync(kind));

    [Fact]
    public void The_table_has_at_least_thirty_sets() =>
        Assert.True(AclCase.All.DistinctBy(c => c.Name).Count() >= 30);

    private static async Task CompareAsync(TestCluster cluster)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connection = new KafkaConnection(cluster.BootstrapServers, ClientProperties.Load(cluster.AdminProperties));
        using var admin = new KafkaAdmin(connection);
        List<(AclCase Case, AclNames Names)> cases =
            [.. AclCase.All.Select((c, i) => (c, new AclNames($"aclcheck-{i:00}-")))];

        await PrepareAsync(admin, connection, cases, cancellationToken);
        var acls = await admin.Acls.ListAsync(AclFilter.Everything, cancellationToken);

        var wrong = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(
            cases,
            new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = cancellationToken },
            async (pair, _) =>
            {
                var (set, names) = pair;
                string tried;
                try
                {
                    tried = await TriedAsync(connection.As(names.User, Password), names);
                }
                catch (Exception e) when (e is KafkaException or TimeoutException)
                {
                    wrong.Enqueue($"{set.Name}: {e.Message}");
                    return;
                }

                var checkedBy = Checked(acls, names);
                if (tried != checkedBy || tried != set.Allowed)
                {
                    wrong.Enqueue($"{set.Name}: table '{set.Allowed}', check '{checkedBy}', broker '{tried}'");
                }
            });

        Assert.Empty(wrong);
    }

    private static async Task PrepareAsync(
        KafkaAdmin admin,
        KafkaConnection connection,
        List<(AclCase Case, AclNames Names)> cases,
        CancellationToken cancellationToken)
    {
        string[] topics = [OpenTopic, .. cases.Select(c => c.Names.TopicName)];
        await admin.Topics.CreateAsync(
            [.. topics.Select(t => new Kafka.Topics.TopicSpecification(t, 1, 1, new Dictionary<string, string>()))],
            ifNotExists: true,
            cancellationToken);
        await admin.Acls.AddAsync(
            [
                new Acl(AclResource.Topic(OpenTopic), Acl.AnyPrincipal, Acl.AnyHost, AclOperation.Read, AclPermissionType.Allow),
                .. cases.SelectMany(c => c.Case.Acls(c.Names)),
            ],
            cancellationToken);
        await Parallel.ForEachAsync(
            cases,
            new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = cancellationToken },
            async (pair, token) =>
            {
                using var own = new KafkaAdmin(connection);
                await own.Users.AddAsync(pair.Names.User, Password, ScramMechanism.Sha512, 4096, token);
            });

        // What there is to read.
        var writer = new ClientAttempts(connection);
        foreach (var (_, names) in cases)
        {
            Assert.True(await writer.WritesAsync(names.TopicName));
        }
    }

    private static async Task<string> TriedAsync(KafkaConnection user, AclNames names)
    {
        var attempts = new ClientAttempts(user);
        var writes = await attempts.WritesAsync(names.TopicName);
        var reads = await Task.Run(() => attempts.Reads(names.TopicName));
        var joins = await Task.Run(() => attempts.Joins(names.GroupName, OpenTopic));
        return Letters(reads, writes, joins);
    }

    private static string Checked(IReadOnlyList<Acl> acls, AclNames names)
    {
        return Letters(
            IsAllowed(AccessKind.Read, names.TopicName),
            IsAllowed(AccessKind.Write, names.TopicName),
            IsAllowed(AccessKind.Group, names.GroupName));

        bool IsAllowed(AccessKind kind, string name) =>
            AclCheck.Evaluate(acls, new AclQuestion(names.User, Host, [new(kind, name)]), Settings).Allowed;
    }

    private static string Letters(bool reads, bool writes, bool joins) =>
        (reads ? "r" : "") + (writes ? "w" : "") + (joins ? "g" : "");
}
