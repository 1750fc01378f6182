using Fink.Client;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>A topic that gets more partitions while it is read.</summary>
public sealed class AddedPartitionsTests(TestClusters clusters)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestClusters.Embedded, null)]
    [InlineData(TestClusters.Embedded, "group")]
    [InlineData(TestClusters.Kraft, null)]
    public async Task They_are_read_too_from_their_beginning(string kind, string? group)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, alerts: 2);
        var settings = new Dictionary<string, string>(AlertTopic.Connection(cluster, cluster.ConsumerProperties).ToConsumerSettings())
        {
            ["topic.metadata.refresh.interval.ms"] = "500",
        };
        var consumer = AlertConsumer.Create(new AlertConsumerOptions
        {
            Connection = AlertConnection.Of(settings),
            Topics = [topic.Name],
            Group = group is null ? null : $"spark-kafka-{Guid.NewGuid():N}",
            Limit = 6,
        });
        var read = new List<(int, long)>();
        await foreach (var alert in consumer.ReadAsync(Cancel))
        {
            read.Add((alert.Partition, alert.Offset));
            if (read.Count == 2)
            {
                await topic.GrowAsync(2);
                await topic.SendAsync(2, 4);
            }
        }

        Assert.Equal([(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1)], read.Order());
    }
}
