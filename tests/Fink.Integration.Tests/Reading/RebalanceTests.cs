using Fink.Client;
using Fink.Kafka;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>Members of a group come and go while alerts are read.</summary>
public sealed class RebalanceTests(TestClusters clusters)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_keeps_a_partition_goes_on_in_it_and_who_lost_one_does_not_move_its_place()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 2, alerts: 20);
        var options = Options(cluster, topic);
        using var first = AlertConsumer.Create(options);
        await using var early = first.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        var read = new List<AlertPosition>();
        while (read.Count < 20)
        {
            read.Add(await NextAsync(early));
        }

        using var second = AlertConsumer.Create(options);
        await using var late = second.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        var pending = early.MoveNextAsync().AsTask();
        var moved = (await NextAsync(late)).Partition;
        await topic.SendAsync(20, 20);
        Assert.True(await pending);

        // What it has still was not given to anybody else, so that nothing of it comes twice.
        Assert.Equal(new AlertPosition(topic.Name, 1 - moved, 10), early.Current.Position);
        await first.CommitAsync(early.Current, Cancel);
        var refused = await Assert.ThrowsAsync<AlertReadException>(() => first.CommitAsync(new AlertPosition(topic.Name, moved, 9), Cancel));
        Assert.Equal(AlertReadFailure.Moved, refused.Failure);
    }

    [Fact]
    public async Task A_pause_that_ends_during_a_rebalance_has_ended()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 2, alerts: 20);
        var options = Options(cluster, topic);
        using var first = AlertConsumer.Create(options);
        await using var early = first.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        await NextAsync(early);
        first.Pause();
        var pending = early.MoveNextAsync().AsTask();

        using (var second = AlertConsumer.Create(options))
        {
            await using var late = second.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
            await NextAsync(late);
            first.Resume();
        }

        Assert.True(await pending);
        var read = 2;
        while (read < 20)
        {
            await NextAsync(early);
            read++;
        }
    }

    [Fact]
    public async Task Who_is_paused_while_another_member_joins_comes_to_the_end_of_what_it_still_has()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 2, alerts: 20);
        var options = Options(cluster, topic) with { UntilEnd = true };
        using var first = AlertConsumer.Create(options);
        await using var early = first.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        await NextAsync(early);
        first.Pause();
        var pending = early.MoveNextAsync().AsTask();

        using var second = AlertConsumer.Create(options);
        await using var late = second.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        var moved = (await NextAsync(late)).Partition;
        first.Resume();
        var last = -1L;
        while (await pending)
        {
            last = early.Current.Partition == moved ? last : early.Current.Offset;
            pending = early.MoveNextAsync().AsTask();
        }

        Assert.Equal(9, last);
    }

    [Fact]
    public async Task What_a_paused_member_is_given_beside_what_it_has_rests_too_and_none_of_it_is_lost()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 2, alerts: 2);
        var settings = new Dictionary<string, string>(AlertTopic.Connection(cluster, cluster.ConsumerProperties).ToConsumerSettings())
        {
            ["partition.assignment.strategy"] = "cooperative-sticky",
            ["heartbeat.interval.ms"] = "100",
        };
        var options = Options(cluster, topic) with { Connection = AlertConnection.Of(settings) };
        using var first = AlertConsumer.Create(options);
        await using var early = first.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        await NextAsync(early);
        await NextAsync(early);
        await first.CommitAsync(Cancel);
        var pending = early.MoveNextAsync().AsTask();
        int moved;
        using (var second = AlertConsumer.Create(options))
        {
            await using var late = second.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
            var other = late.MoveNextAsync().AsTask();
            await UntilEachHasAsync(cluster, options.Group!, partitions: 1);
            await topic.SendAsync(2, 2);
            Assert.True(await other);
            Assert.True(await pending);
            moved = late.Current.Partition;
            first.Pause();
            pending = early.MoveNextAsync().AsTask();
        }

        await UntilEachHasAsync(cluster, options.Group!, partitions: 2);
        await topic.SendAsync(4, 20);
        await Task.WhenAny(pending, Task.Delay(TimeSpan.FromSeconds(1), Cancel));
        Assert.False(pending.IsCompleted);
        first.Resume();
        var came = new List<long>();
        for (var read = 0; read < 21; read++, pending = early.MoveNextAsync().AsTask())
        {
            Assert.True(await pending);
            came.AddRange(early.Current.Partition == moved ? [early.Current.Offset] : []);
        }

        Assert.Equal(Enumerable.Range(1, 11).Select(offset => (long)offset), came);
        await topic.SendAsync(24, 2);
        Assert.True(await pending);
    }

    private static async Task UntilEachHasAsync(TestCluster cluster, string group, int partitions)
    {
        using var admin = new KafkaAdmin(AlertTopic.Connection(cluster, cluster.AdminProperties));
        while ((await admin.Groups.DescribeAsync(group, Cancel)) is var now && now.Members.Any(member => member.AssignedPartitions != partitions))
        {
            await Task.Delay(50, Cancel);
        }
    }

    private static async Task<AlertPosition> NextAsync(IAsyncEnumerator<Alert> alerts) =>
        await alerts.MoveNextAsync() ? alerts.Current.Position : throw new InvalidOperationException("There is no next alert.");

    private static AlertConsumerOptions Options(TestCluster cluster, AlertTopic topic) => new()
    {
        Connection = AlertConnection.Of(AlertTopic.Connection(cluster, cluster.ConsumerProperties).ToConsumerSettings()),
        Topics = [topic.Name],
        Group = $"spark-kafka-{Guid.NewGuid():N}",
        Commit = CommitMode.Manual,
    };
}
