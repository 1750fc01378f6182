using Fink.Client;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>A partition that goes from one member of a group to another, and back: each alert comes to who answers for it.</summary>
public sealed class TakenOverTests(TestClusters clusters)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_came_since_a_group_began_at_the_end_and_was_not_committed_comes_to_who_is_next()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, alerts: 5);
        var options = Options(cluster, topic) with { From = StartPosition.End };

        var first = await FirstAsync(topic, options);
        var second = await FirstAsync(topic, options);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_replay_goes_on_behind_what_is_committed_in_a_partition_that_comes_back()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 2, alerts: 20);
        var options = Options(cluster, topic);
        using var first = AlertConsumer.Create(options with { Replay = true });
        await using var early = first.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        var (moved, pending) = await TakenOverAsync(early, options, async () =>
        {
            await first.CommitAsync(new AlertPosition(topic.Name, 0, 4), Cancel);
            await first.CommitAsync(new AlertPosition(topic.Name, 1, 4), Cancel);
        });
        await topic.SendAsync(20, 2);

        var back = await ReadAsync(early, pending, new AlertPosition(topic.Name, moved, 10));

        Assert.Equal(Enumerable.Range(5, 6).Select(offset => (long)offset), back);
    }

    [Fact]
    public async Task A_replay_that_is_broken_off_is_gone_on_with()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, alerts: 5);
        var options = Options(cluster, topic);
        Assert.Equal(5, (await AlertConsumerTests.ReadAsync(options with { Commit = CommitMode.Automatic, UntilEnd = true })).Count);

        var replayed = await FirstAsync(topic, options with { Replay = true });
        var next = await FirstAsync(topic, options);

        Assert.Equal((0L, 0L), (replayed.Offset, next.Offset));
    }

    [Fact]
    public async Task What_another_member_had_and_did_not_commit_is_no_duplicate_when_it_comes_back()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 2, alerts: 20);
        var options = Options(cluster, topic) with { DuplicateWindow = 100 };
        using var first = AlertConsumer.Create(options);
        await using var early = first.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        var (moved, pending) = await TakenOverAsync(early, options, () => Task.CompletedTask);
        await topic.SendAsync(20, 2);

        var back = await ReadAsync(early, pending, new AlertPosition(topic.Name, moved, 10));

        Assert.Equal(Enumerable.Range(0, 11).Select(offset => (long)offset), back);
    }

    /// <summary>One reads all twenty; another comes, reads one, and goes without having committed it.</summary>
    /// <returns>The partition that it was given, and the first one's wait for its next alert.</returns>
    private static async Task<(int Partition, Task<bool> Next)> TakenOverAsync(
        IAsyncEnumerator<Alert> early, AlertConsumerOptions options, Func<Task> commit)
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.True(await early.MoveNextAsync());
        }

        await commit();
        var next = early.MoveNextAsync().AsTask();
        using var second = AlertConsumer.Create(options);
        await using var late = second.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await late.MoveNextAsync());
        return (late.Current.Partition, next);
    }

    /// <summary>The offsets in a partition, up to the last one there.</summary>
    private static async Task<List<long>> ReadAsync(IAsyncEnumerator<Alert> alerts, Task<bool> next, AlertPosition last)
    {
        var offsets = new List<long>();
        for (; await next; next = alerts.MoveNextAsync().AsTask())
        {
            if (alerts.Current.Partition == last.Partition)
            {
                offsets.Add(alerts.Current.Offset);
            }

            if (alerts.Current.Position == last)
            {
                break;
            }
        }

        return offsets;
    }

    /// <summary>Reads one alert and commits nothing; alerts are sent until it comes.</summary>
    private static async Task<AlertPosition> FirstAsync(AlertTopic topic, AlertConsumerOptions options)
    {
        using var consumer = AlertConsumer.Create(options);
        await using var alerts = consumer.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        var next = alerts.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            await topic.SendAsync(0, 1);
        }

        Assert.True(await next);
        return alerts.Current.Position;
    }

    private static AlertConsumerOptions Options(TestCluster cluster, AlertTopic topic) => new()
    {
        Connection = AlertConnection.Of(AlertTopic.Connection(cluster, cluster.ConsumerProperties).ToConsumerSettings()),
        Topics = [topic.Name],
        Group = $"spark-kafka-{Guid.NewGuid():N}",
        Commit = CommitMode.Manual,
    };
}
