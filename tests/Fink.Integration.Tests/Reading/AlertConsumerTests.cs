using Fink.Client;
using Fink.Kafka;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>Where reading starts, where it ends, and what a group remembers, against a real broker.</summary>
public sealed class AlertConsumerTests(TestClusters clusters)
{
    private const int Alerts = 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestClusters.Embedded, "beginning", 0)]
    [InlineData(TestClusters.Embedded, "0", 0)]
    [InlineData(TestClusters.Embedded, "3", 6)]
    [InlineData(TestClusters.Embedded, "5", 10)]
    [InlineData(TestClusters.Embedded, "99", 10)]
    [InlineData(TestClusters.Embedded, "end", 10)]
    [InlineData(TestClusters.Embedded, "@1769889604000", 4)]
    [InlineData(TestClusters.Embedded, "@1769889604001", 5)]
    [InlineData(TestClusters.Embedded, "@0", 0)]
    [InlineData(TestClusters.Embedded, "2026-01-31T20:00:04Z", 4)]
    [InlineData(TestClusters.Embedded, "2026-01-31T21:00:04+01:00", 4)]
    [InlineData(TestClusters.Embedded, "2026-01-31T20:00:04", 4)]
    [InlineData(TestClusters.Embedded, "2026-01-31", 0)]
    [InlineData(TestClusters.Embedded, "2026-02-01", 10)]
    [InlineData(TestClusters.Kraft, "beginning", 0)]
    [InlineData(TestClusters.Kraft, "0", 0)]
    [InlineData(TestClusters.Kraft, "3", 6)]
    [InlineData(TestClusters.Kraft, "5", 10)]
    [InlineData(TestClusters.Kraft, "99", 10)]
    [InlineData(TestClusters.Kraft, "end", 10)]
    [InlineData(TestClusters.Kraft, "@1769889604000", 4)]
    [InlineData(TestClusters.Kraft, "@1769889604001", 5)]
    [InlineData(TestClusters.Kraft, "@0", 0)]
    [InlineData(TestClusters.Kraft, "2026-01-31T20:00:04Z", 4)]
    [InlineData(TestClusters.Kraft, "2026-01-31T21:00:04+01:00", 4)]
    [InlineData(TestClusters.Kraft, "2026-01-31T20:00:04", 4)]
    [InlineData(TestClusters.Kraft, "2026-01-31", 0)]
    [InlineData(TestClusters.Kraft, "2026-02-01", 10)]
    public async Task Reading_starts_where_it_was_told_to_in_every_partition(string kind, string from, int first)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 2, Alerts);

        var read = await ReadAsync(Options(cluster, topic) with { From = StartPosition.Parse(from), UntilEnd = true });

        Assert.Equal(Enumerable.Range(first, Alerts - first).Select(i => (long)i), read.Order());
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task An_alert_comes_with_its_place_time_and_content(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 2, alerts: 4);
        var alerts = new List<Alert>();

        await foreach (var alert in AlertConsumer.Create(Options(cluster, topic) with { UntilEnd = true }).ReadAsync(Cancel))
        {
            alerts.Add(alert);
        }

        var last = Assert.Single(alerts, alert => alert.AlertId == "3");
        Assert.Equal((topic.Name, 1, 1L, "ZTF3"), (last.Topic, last.Partition, last.Offset, last.ObjectId));
        Assert.Equal(AlertTopic.FirstSent.AddSeconds(3), last.Sent);
        Assert.Equal("""{"objectId":"ZTF3","candid":3}""", last.ToJson());
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_limit_ends_before_the_end_and_without_one_reading_goes_on_with_what_is_sent_later(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, Alerts);

        Assert.Equal([0L, 1, 2], await ReadAsync(Options(cluster, topic) with { Limit = 3 }));
        await using var reading = AlertConsumer.Create(Options(cluster, topic)).ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        for (var i = 0; i < Alerts; i++)
        {
            Assert.True(await reading.MoveNextAsync());
        }

        await topic.SendAsync(Alerts, 1);
        Assert.True(await reading.MoveNextAsync());
        Assert.Equal($"{Alerts}", reading.Current.AlertId);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task The_end_is_what_was_the_end_when_reading_started(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, Alerts);
        var read = 0;

        await foreach (var _ in AlertConsumer.Create(Options(cluster, topic) with { UntilEnd = true }).ReadAsync(Cancel))
        {
            if (read++ == 0)
            {
                await topic.SendAsync(Alerts, 5);
            }
        }

        Assert.Equal(Alerts, read);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_group_goes_on_where_it_stopped_and_does_not_lose_the_alert_in_hand(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, Alerts);
        var options = Options(cluster, topic) with { Group = $"spark-kafka-{Guid.NewGuid():N}" };

        Assert.Equal([2L, 3, 4], await ReadAsync(options with { From = StartPosition.At(2), Limit = 3 }));
        await foreach (var alert in AlertConsumer.Create(options with { UntilEnd = true }).ReadAsync(Cancel))
        {
            // The reader is given up while it has alert 6 in hand.
            if (alert.AlertId == "6")
            {
                break;
            }
        }

        Assert.Equal([6L, 7, 8, 9], await ReadAsync(options with { From = StartPosition.Beginning, UntilEnd = true }));
        Assert.Empty(await ReadAsync(options with { UntilEnd = true }));
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task Without_a_group_nothing_is_remembered(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, Alerts);
        using var admin = new KafkaAdmin(AlertTopic.Connection(cluster, cluster.AdminProperties));

        Assert.Equal(Alerts, (await ReadAsync(Options(cluster, topic) with { UntilEnd = true })).Count);
        Assert.Equal(Alerts, (await ReadAsync(Options(cluster, topic) with { UntilEnd = true })).Count);

        Assert.DoesNotContain(await admin.Groups.ListAsync(Cancel), group => group.Name == "none");
    }

    internal static AlertConsumerOptions Options(TestCluster cluster, AlertTopic topic) =>
        Options(AlertTopic.Connection(cluster, cluster.ConsumerProperties), topic.Name);

    internal static AlertConsumerOptions Options(KafkaConnection connection, string topic) => new()
    {
        Connection = AlertConnection.Of(connection.ToConsumerSettings()),
        Topics = [topic],
    };

    /// <summary>The alerts' ids, in the order in which they came.</summary>
    internal static async Task<List<long>> ReadAsync(AlertConsumerOptions options)
    {
        using var consumer = AlertConsumer.Create(options);
        var ids = new List<long>();
        await foreach (var alert in consumer.ReadAsync(Cancel))
        {
            ids.Add(alert["candid"].AsLong());
        }

        return ids;
    }
}
