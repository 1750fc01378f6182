using Fink.Client;
using Fink.Kafka;
using Fink.Kafka.Acls;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>What a reader is told that may not read, in each mode: the kind of failure decides the exit code.</summary>
public sealed class RefusedReadingTests(TestClusters clusters)
{
    private static readonly Secret Password = new("stars-at-night");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.ZooKeeper)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_right_to_read_the_topic_is_enough_without_a_group_and_not_with_one(string mode)
    {
        var (cluster, topic, user) = await MakeAsync(mode);
        var own = AclSets.Allow(user.Properties.User!, AclResource.Topic(topic.Name), "*", AclOperation.Read);
        using (var admin = Admin(cluster))
        {
            await admin.Acls.AddAsync(own, Cancel);
        }

        var options = AlertConsumerTests.Options(user, topic.Name);

        Assert.Equal([0L, 1, 2], await AlertConsumerTests.ReadAsync(options with { UntilEnd = true }));
        var refused = await FailsAsync(options with { Group = "not-his", UntilEnd = true });
        Assert.Equal(AlertReadFailure.Denied, refused.Failure);
        Assert.Contains("group not-his", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.ZooKeeper)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_topic_without_a_right_to_it_is_denied_and_names_who_needs_what(string mode)
    {
        var (_, topic, user) = await MakeAsync(mode);

        var refused = await FailsAsync(AlertConsumerTests.Options(user, topic.Name));

        Assert.Equal(AlertReadFailure.Denied, refused.Failure);
        Assert.Contains(topic.Name, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{user.Properties.User} needs the right to Read the topic", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.ZooKeeper)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_wrong_password_is_told_at_once_and_not_shown(string mode)
    {
        var (_, topic, user) = await MakeAsync(mode);
        var wrong = user.As(user.Properties.User!, new Secret("not-the-password"));

        var refused = await FailsAsync(AlertConsumerTests.Options(wrong, topic.Name));

        Assert.Equal(AlertReadFailure.AuthenticationFailed, refused.Failure);
        Assert.Contains($"password of {user.Properties.User}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_topic_that_is_not_there_is_not_found(string kind)
    {
        var cluster = await clusters.OfAsync(kind);

        var missing = await FailsAsync(AlertConsumerTests.Options(AlertTopic.Connection(cluster, cluster.ConsumerProperties), "fink_reading_nowhere"));

        Assert.Equal(AlertReadFailure.NotFound, missing.Failure);
        Assert.Contains("fink_reading_nowhere", missing.Message, StringComparison.Ordinal);
    }

    private static Task<AlertReadException> FailsAsync(AlertConsumerOptions options) =>
        Assert.ThrowsAsync<AlertReadException>(() => AlertConsumerTests.ReadAsync(options));

    private static KafkaAdmin Admin(TestCluster cluster) => new(AlertTopic.Connection(cluster, cluster.AdminProperties));

    /// <summary>Three alerts, and a user without any right.</summary>
    private async Task<(TestCluster Cluster, AlertTopic Topic, KafkaConnection User)> MakeAsync(string mode)
    {
        var cluster = await clusters.OfAsync(mode);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, alerts: 3);
        var name = $"reader-{Guid.NewGuid():N}";
        using var admin = Admin(cluster);
        await admin.Users.AddAsync(name, Password, ScramMechanism.Sha512, 4096, Cancel);
        return (cluster, topic, AlertTopic.Connection(cluster, cluster.AdminProperties).As(name, Password));
    }
}
