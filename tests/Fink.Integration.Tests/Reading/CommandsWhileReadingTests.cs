using Fink.Client;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>Commit, pause, seek and replay, while alerts are read.</summary>
public sealed class CommandsWhileReadingTests(TestClusters clusters)
{
    private const int Alerts = 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [TestClusters.Embedded, TestClusters.ZooKeeper, TestClusters.Kraft];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_group_that_commits_by_hand_goes_on_behind_what_it_committed(string kind)
    {
        var (options, _) = await MakeAsync(kind, partitions: 1);
        options = options with { Group = Group(), Commit = CommitMode.Manual, UntilEnd = true };

        // Who commits by hand stays in the group behind the end, until it is disposed of.
        using (var consumer = AlertConsumer.Create(options))
        {
            await foreach (var alert in consumer.ReadAsync(Cancel))
            {
                if (alert.AlertId == "3")
                {
                    await consumer.CommitAsync(alert, Cancel);
                }
            }
        }

        Assert.Equal([4L, 5, 6, 7, 8, 9], await AlertConsumerTests.ReadAsync(options));
        using (var consumer = AlertConsumer.Create(options))
        {
            await foreach (var alert in consumer.ReadAsync(Cancel))
            {
                if (alert.AlertId == "7")
                {
                    await consumer.CommitAsync(Cancel);
                    break;
                }
            }
        }

        Assert.Equal([8L, 9], await AlertConsumerTests.ReadAsync(options));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_replay_starts_where_it_is_told_to_also_where_the_group_has_a_place(string kind)
    {
        var (options, _) = await MakeAsync(kind, partitions: 1);
        options = options with { Group = Group(), UntilEnd = true };

        Assert.Equal(Alerts, (await AlertConsumerTests.ReadAsync(options)).Count);
        Assert.Empty(await AlertConsumerTests.ReadAsync(options));
        Assert.Equal([7L, 8, 9], await AlertConsumerTests.ReadAsync(options with { Replay = true, From = StartPosition.At(7) }));
    }

    [Theory]
    [InlineData(TestClusters.Embedded, null)]
    [InlineData(TestClusters.Embedded, "group")]
    [InlineData(TestClusters.ZooKeeper, "group")]
    [InlineData(TestClusters.Kraft, null)]
    [InlineData(TestClusters.Kraft, "group")]
    public async Task Reading_jumps_to_a_time_and_back_to_the_beginning(string kind, string? group)
    {
        var (options, _) = await MakeAsync(kind, partitions: 1);
        var consumer = AlertConsumer.Create(options with { Group = group is null ? null : Group(), UntilEnd = true, DuplicateWindow = 100 });
        var read = new List<string>();

        await foreach (var alert in consumer.ReadAsync(Cancel))
        {
            read.Add(alert.AlertId!);
            if (read.Count == 2)
            {
                await consumer.SeekAsync(StartPosition.Since(AlertTopic.FirstSent.AddSeconds(8)), Cancel);
            }
            else if (read.Count == 4)
            {
                await consumer.SeekAsync(StartPosition.Beginning, Cancel);
            }
        }

        Assert.Equal(["0", "1", "8", "9", .. Enumerable.Range(0, Alerts).Select(i => $"{i}")], read);
        Assert.Equal(new AlertCounts(14, 0, 0), consumer.Counts);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task While_it_is_paused_no_alert_comes_and_none_is_lost(string kind)
    {
        var (options, topic) = await MakeAsync(kind, partitions: 2);
        var consumer = AlertConsumer.Create(options);
        await using var reading = consumer.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        var read = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await reading.MoveNextAsync());
            read.Add(reading.Current.AlertId!);
        }

        consumer.Pause();
        var next = reading.MoveNextAsync().AsTask();
        await topic.SendAsync(Alerts, 2);
        Assert.False(next.IsCompleted);

        consumer.Resume();
        Assert.True(await next);
        read.Add(reading.Current.AlertId!);
        while (read.Count < Alerts + 2)
        {
            Assert.True(await reading.MoveNextAsync());
            read.Add(reading.Current.AlertId!);
        }

        Assert.Equal(Enumerable.Range(0, Alerts + 2), read.Select(int.Parse).Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_place_is_read_alone_and_one_that_is_not_there_is_told(string kind)
    {
        var (options, topic) = await MakeAsync(kind, partitions: 2);

        Assert.Equal([7L], await AlertConsumerTests.ReadAsync(options with { From = StartPosition.At(new AlertPosition(topic.Name, 1, 3)), Limit = 1 }));
        Assert.Empty(await AlertConsumerTests.ReadAsync(options with { From = StartPosition.At(new AlertPosition(topic.Name, 1, 5)), UntilEnd = true }));
        var told = await Assert.ThrowsAsync<AlertReadException>(
            () => AlertConsumerTests.ReadAsync(options with { From = StartPosition.At(new AlertPosition(topic.Name, 2, 0)), UntilEnd = true }));
        Assert.Equal(AlertReadFailure.NotFound, told.Failure);
    }

    [Fact]
    public async Task What_cannot_be_done_now_is_told()
    {
        var (options, _) = await MakeAsync(TestClusters.Embedded, partitions: 1);
        var consumer = AlertConsumer.Create(options);

        await Assert.ThrowsAsync<InvalidOperationException>(() => consumer.SeekAsync(StartPosition.Beginning, Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => consumer.CommitAsync(Cancel));
        await foreach (var alert in consumer.ReadAsync(Cancel))
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => consumer.CommitAsync(alert, Cancel));
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await consumer.ReadAsync(Cancel).FirstAsync(Cancel));
            break;
        }

        Assert.Equal("0", (await consumer.ReadAsync(Cancel).FirstAsync(Cancel)).AlertId);
    }

    private static string Group() => $"spark-kafka-{Guid.NewGuid():N}";

    private async Task<(AlertConsumerOptions Options, AlertTopic Topic)> MakeAsync(string kind, int partitions)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions, Alerts);
        return (AlertConsumerTests.Options(cluster, topic), topic);
    }
}
