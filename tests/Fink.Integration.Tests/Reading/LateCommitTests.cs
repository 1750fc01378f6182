using Fink.Client;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>Who does something with alerts before they count as read has the last ones in hand when the topic has ended.</summary>
public sealed class LateCommitTests(TestClusters clusters)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task What_came_last_can_be_committed_behind_the_end(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 2, alerts: 5);
        var options = Options(cluster, topic);
        using (var consumer = AlertConsumer.Create(options))
        {
            var last = new Dictionary<int, AlertPosition>();
            await foreach (var alert in consumer.ReadAsync(Cancel))
            {
                last[alert.Partition] = alert.Position;
            }

            foreach (var position in last.Values)
            {
                await consumer.CommitAsync(position, Cancel);
            }
        }

        using var next = AlertConsumer.Create(options);
        Assert.Equal(0, await next.ReadAsync(Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task Behind_the_end_it_may_take_longer_to_commit_than_a_group_lets_its_members_rest()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, alerts: 5);
        var rest = TimeSpan.FromSeconds(6);
        var settings = new Dictionary<string, string>(AlertTopic.Connection(cluster, cluster.ConsumerProperties).ToConsumerSettings())
        {
            ["max.poll.interval.ms"] = $"{rest.TotalMilliseconds}",
            ["session.timeout.ms"] = $"{rest.TotalMilliseconds}",
        };
        using var consumer = AlertConsumer.Create(Options(cluster, topic) with { Connection = AlertConnection.Of(settings) });
        Assert.Equal(5, await consumer.ReadAsync(Cancel).CountAsync(Cancel));

        await Task.Delay(rest * 1.5, Cancel);

        await consumer.CommitAsync(new AlertPosition(topic.Name, 0, 4), Cancel);
    }

    [Fact]
    public async Task What_is_not_committed_comes_again_and_reading_again_needs_no_dispose()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 2, alerts: 5);
        using var consumer = AlertConsumer.Create(Options(cluster, topic));

        Assert.Equal(5, await consumer.ReadAsync(Cancel).CountAsync(Cancel));
        Assert.Equal(5, await consumer.ReadAsync(Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task What_came_before_a_message_that_ends_the_reading_can_be_committed_behind_it()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, alerts: 5);
        await topic.SendAsync(AlertTopic.SchemaText, []);
        var options = Options(cluster, topic);
        using (var consumer = AlertConsumer.Create(options))
        {
            await Assert.ThrowsAsync<AlertReadException>(async () => await consumer.ReadAsync(Cancel).CountAsync(Cancel));
            await consumer.CommitAsync(new AlertPosition(topic.Name, 0, 4), Cancel);
        }

        using var next = AlertConsumer.Create(options with { SkipBad = _ => { } });
        Assert.Equal(0, await next.ReadAsync(Cancel).CountAsync(Cancel));
    }

    private static AlertConsumerOptions Options(TestCluster cluster, AlertTopic topic) => new()
    {
        Connection = AlertConnection.Of(AlertTopic.Connection(cluster, cluster.ConsumerProperties).ToConsumerSettings()),
        Topics = [topic.Name],
        Group = $"spark-kafka-{Guid.NewGuid():N}",
        Commit = CommitMode.Manual,
        UntilEnd = true,
    };
}
