using Fink.Kafka;
using Fink.Kafka.Acls;
using Fink.Kafka.Properties;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Groups;

/// <summary>A cluster that never had a group has no coordinator either: brokers make its topic for the first who asks.</summary>
public sealed class FreshClusterTests
{
    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.ZooKeeper)]
    [InlineData(TestClusters.Kraft41)]
    public async Task A_group_is_unknown_to_a_cluster_that_never_had_one(string mode)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var clusters = new TestClusters();
        var cluster = await clusters.OfAsync(mode);
        var connection = new KafkaConnection(cluster.BootstrapServers, ClientProperties.Load(cluster.AdminProperties));
        using var admin = new KafkaAdmin(connection);

        var told = await UnknownAsync(admin);
        Assert.Contains("there is no such group", told.Message, StringComparison.Ordinal);
        // Nobody waited for a coordinator, for then its topic would be there.
        Assert.DoesNotContain("__consumer_offsets", await admin.Topics.ListAsync(includeInternal: true, cancellationToken));

        // Who may not see that topic is answered by a coordinator that is only just chosen.
        await admin.Users.AddAsync("eve", new Secret("secret"), ScramMechanism.Sha512, 4096, cancellationToken);
        await admin.Acls.AddAsync([.. AclSets.Allow("eve", AclResource.Group("nosuch"), "*", AclOperation.Describe)], cancellationToken);
        using var eve = new KafkaAdmin(connection.As("eve", new Secret("secret")));
        await UnknownAsync(eve);

        async Task<KafkaOperationException> UnknownAsync(KafkaAdmin asked)
        {
            var error = await Assert.ThrowsAsync<KafkaOperationException>(() => asked.Groups.DescribeAsync("nosuch", cancellationToken));
            Assert.Equal((FailureKind.NotFound, error.Message), (error.Kind, error.Message));
            return error;
        }
    }
}
