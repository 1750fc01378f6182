using Fink.Kafka;
using Fink.Kafka.Acls;
using Fink.Kafka.Properties;
using Fink.Kafka.Topics;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Admin;

/// <summary>What an admin does, on a real cluster of the newest kind and of the oldest.</summary>
public sealed class AdminTests(TestClusters clusters)
{
    private static readonly Dictionary<string, string> NoConfigs = [];
    private static readonly Secret Password = new("p\",=@;\\é");

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.ZooKeeper)]
    [InlineData(TestClusters.Kraft41)]
    public async Task A_topic_is_made_changed_and_deleted_and_each_refusal_is_told(string mode)
    {
        var (admin, cancellationToken) = (await AdminAsync(mode), TestContext.Current.CancellationToken);
        using var _ = admin;
        var wanted = new TopicSpecification("admin-a", 2, 1, new Dictionary<string, string> { ["retention.ms"] = "1000000" });

        Assert.True((await admin.Topics.CreateAsync([wanted], false, cancellationToken))[0].Created);
        var again = await admin.Topics.CreateAsync([wanted with { Partitions = 3 }], true, cancellationToken);
        Assert.False(again[0].Created);
        Assert.Equal(new SettingDifference("partitions", "3", "2"), Assert.Single(again[0].Differences));

        await admin.Topics.AlterAsync(
            "admin-a", 4, new Dictionary<string, string?> { ["max.message.bytes"] = "5000000" }, cancellationToken);
        var now = (await admin.Topics.DescribeAsync(["admin-a"], cancellationToken))[0];
        Assert.Equal(4, now.Partitions.Count);
        Assert.Equal(["max.message.bytes", "retention.ms"], now.Configs.Where(c => c.IsOverride).Select(c => c.Name));

        var exists = await FailsAsync(() => admin.Topics.CreateAsync(
            [wanted, new("admin-b", 1, 1, NoConfigs), new("bad name", 1, 1, NoConfigs)], false, cancellationToken));
        Assert.Equal(
            [("admin-a", FailureKind.AlreadyExists), ("bad name", FailureKind.Invalid)],
            exists.Items.Select(i => (i.Item, i.Kind)).Order());
        Assert.Equal(["admin-b"], exists.Done);
        Assert.DoesNotContain("admin-b", exists.Message, StringComparison.Ordinal);
        Assert.Contains("admin-b", await admin.Topics.ListAsync(false, cancellationToken));

        await admin.Topics.DeleteAsync(["admin-a", "admin-b"], cancellationToken);
        Assert.Equal(
            FailureKind.NotFound, (await FailsAsync(() => admin.Topics.DeleteAsync(["admin-a"], cancellationToken))).Kind);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.ZooKeeper)]
    [InlineData(TestClusters.Kraft41)]
    public async Task A_user_can_log_in_when_add_returns_and_not_after_delete(string mode)
    {
        var (admin, cancellationToken) = (await AdminAsync(mode), TestContext.Current.CancellationToken);
        using var _ = admin;

        Assert.False(await admin.Users.AddAsync("admin-bob", Password, ScramMechanism.Sha512, 4096, cancellationToken));
        Assert.True(await admin.Users.VerifyAsync("admin-bob", Password, ScramMechanism.Sha512, cancellationToken));
        Assert.False(await admin.Users.VerifyAsync("admin-bob", new("other"), ScramMechanism.Sha512, cancellationToken));
        Assert.True(await admin.Users.AddAsync("admin-bob", new("new"), ScramMechanism.Sha512, 8192, cancellationToken));
        Assert.Equal(8192, (await admin.Users.FindAsync("admin-bob", cancellationToken))!.Credentials[0].Iterations);

        await admin.Users.DeleteAsync("admin-bob", cancellationToken);
        Assert.Null(await admin.Users.FindAsync("admin-bob", cancellationToken));
        Assert.Equal(
            FailureKind.NotFound, (await FailsAsync(() => admin.Users.DeleteAsync("admin-bob", cancellationToken))).Kind);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.ZooKeeper)]
    [InlineData(TestClusters.Kraft41)]
    public async Task Removing_ACLs_removes_exactly_those_asked_for(string mode)
    {
        var (admin, cancellationToken) = (await AdminAsync(mode), TestContext.Current.CancellationToken);
        using var _ = admin;
        IReadOnlyList<Acl> consumer =
            AclSets.Consumer("admin-eve", AclResource.Topic("admin-t"), AclResource.Group("admin-g"), "127.0.0.1");
        IReadOnlyList<Acl> others =
        [
            consumer[0] with { Host = "*" }, consumer[0] with { Permission = AclPermissionType.Deny },
            consumer[0] with { Resource = AclResource.Topic("admin-t", AclPattern.Prefixed) },
            .. AclSets.Allow("admin-eve", AclResource.TransactionalId("admin-x", AclPattern.Prefixed), "*", AclOperation.Write),
            .. AclSets.Allow("admin-eve", AclResource.Cluster, "*", AclOperation.IdempotentWrite),
        ];
        var ofEve = new AclFilter { Principal = "User:admin-eve" };

        Assert.Equal(8, (await admin.Acls.AddAsync([.. consumer, .. others], cancellationToken)).Count);
        Assert.Empty(await admin.Acls.AddAsync(consumer, cancellationToken));
        Assert.Equal(3, (await admin.Acls.RemoveAsync(consumer, cancellationToken)).Count);
        Assert.Empty(await admin.Acls.RemoveAsync(consumer, cancellationToken));
        Assert.Equal(others.ToHashSet(), (await admin.Acls.ListAsync(ofEve, cancellationToken)).ToHashSet());

        Assert.Equal(5, (await admin.Acls.RemoveAsync(others, cancellationToken)).Count);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.ZooKeeper)]
    [InlineData(TestClusters.Kraft41)]
    public async Task Who_lacks_the_right_is_denied_and_not_given_an_empty_list(string mode)
    {
        var (admin, cancellationToken) = (await AdminAsync(mode), TestContext.Current.CancellationToken);
        using var _ = admin;
        await admin.Users.AddAsync("admin-carl", Password, ScramMechanism.Sha512, 4096, cancellationToken);
        using var carl = new KafkaAdmin((await ConnectionAsync(mode)).As("admin-carl", Password));

        foreach (var call in (Func<Task>[])
        [
            () => carl.Users.ListAsync(cancellationToken),
            () => carl.Users.AddAsync("admin-q", Password, ScramMechanism.Sha512, 4096, cancellationToken),
            () => carl.Acls.ListAsync(AclFilter.Everything, cancellationToken),
            () => carl.Topics.CreateAsync([new("admin-q", 1, 1, NoConfigs)], false, cancellationToken),
            () => carl.Groups.DescribeAsync("admin-q", cancellationToken),
        ])
        {
            Assert.Equal(FailureKind.Denied, (await FailsAsync(call)).Kind);
        }
    }

    private static Task<KafkaOperationException> FailsAsync(Func<Task> call) =>
        Assert.ThrowsAsync<KafkaOperationException>(call);

    private async Task<KafkaAdmin> AdminAsync(string mode) => new(await ConnectionAsync(mode));

    private async Task<KafkaConnection> ConnectionAsync(string mode)
    {
        var cluster = await clusters.OfAsync(mode);
        return new(cluster.BootstrapServers, ClientProperties.Load(cluster.AdminProperties));
    }
}
