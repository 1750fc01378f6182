using Fink.Client;
using Fink.Kafka;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>A topic that is deleted while it is read, and one that is made anew behind a reader's back.</summary>
public sealed class VanishedTopicTests(TestClusters clusters)
{
    private const int Alerts = 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestClusters.Embedded, null)]
    [InlineData(TestClusters.Embedded, "group")]
    [InlineData(TestClusters.Kraft, null)]
    [InlineData(TestClusters.Kraft, "group")]
    public async Task Who_reads_to_the_end_of_a_topic_is_told_that_it_is_gone(string kind, string? group)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, Alerts);

        var gone = await Assert.ThrowsAsync<AlertReadException>(() => ReadAsync(cluster, topic, group, () => DeleteAsync(cluster, topic)));

        Assert.Equal(AlertReadFailure.NotFound, gone.Failure);
        Assert.Contains(topic.Name, gone.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestClusters.Embedded, null)]
    [InlineData(TestClusters.Embedded, "group")]
    [InlineData(TestClusters.Kraft, null)]
    [InlineData(TestClusters.Kraft, "group")]
    public async Task Who_reads_to_the_end_of_a_topic_that_is_made_anew_and_shorter_ends_where_it_ends_now(string kind, string? group)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, Alerts);

        var read = await ReadAsync(cluster, topic, group, async () =>
        {
            await DeleteAsync(cluster, topic);
            using var admin = Admin(cluster);
            await admin.Topics.CreateAsync([new(topic.Name, 1, 1, new Dictionary<string, string> { ["retention.ms"] = "-1" })], false, Cancel);
            await topic.SendAsync(0, 3);
        });

        Assert.InRange(read, 1, Alerts - 1);
    }

    /// <returns>How many came.</returns>
    private static async Task<int> ReadAsync(TestCluster cluster, AlertTopic topic, string? group, Func<Task> behindTheFirst)
    {
        // One message a fetch, and none ahead: what is not read yet is still the broker's.
        var settings = new Dictionary<string, string>(AlertTopic.Connection(cluster, cluster.ConsumerProperties).ToConsumerSettings())
        {
            ["fetch.message.max.bytes"] = "1",
            ["queued.min.messages"] = "1",
            ["topic.metadata.propagation.max.ms"] = "1000",
        };
        var consumer = AlertConsumer.Create(new AlertConsumerOptions
        {
            Connection = AlertConnection.Of(settings),
            Topics = [topic.Name],
            Group = group is null ? null : $"spark-kafka-{Guid.NewGuid():N}",
            UntilEnd = true,
        });
        var count = 0;
        await foreach (var alert in consumer.ReadAsync(Cancel))
        {
            if (count++ == 0)
            {
                await behindTheFirst();
            }
        }

        return count;
    }

    private static async Task DeleteAsync(TestCluster cluster, AlertTopic topic)
    {
        using var admin = Admin(cluster);
        await admin.Topics.DeleteAsync([topic.Name], Cancel);
    }

    private static KafkaAdmin Admin(TestCluster cluster) => new(AlertTopic.Connection(cluster, cluster.AdminProperties));
}
