using Fink.Client;
using Fink.Kafka.Broker;
using Fink.Slack.Alerts;
using Fink.Slack.Following;

namespace Fink.Integration.Tests.Reading;

/// <summary>
/// A group takes a partition from a member that has alerts of it in hand, and gives it back or does not. The one who leads
/// the group is a test's own, so that each step is taken when the test takes it.
/// </summary>
public sealed class GivenBackTests : IAsyncLifetime
{
    private const int Alerts = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("fink-given-back-").FullName;
    private readonly string _group = $"readers-{Guid.NewGuid():N}";
    private EmbeddedBroker _broker = null!;
    private AlertTopic _topic = null!;
    private GroupPeer _leader = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await EmbeddedBroker.StartAsync(
            new BrokerOptions
            {
                DataDirectory = _folder,
                Properties = new Dictionary<string, string>
                {
                    ["listeners"] = "PLAINTEXT://127.0.0.1:0",
                    ["allow.everyone.if.no.acl.found"] = "true",
                    ["group.initial.rebalance.delay.ms"] = "0",
                },
            },
            Cancel);
        _topic = await AlertTopic.CreateAsync(_broker.BootstrapServers, partitions: 1, Alerts);
        _leader = await GroupPeer.ConnectAsync(_broker.BootstrapServers, _topic.Name, _group);
        await _leader.GatherAsync();
        await _leader.GiveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _leader.Dispose();
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_member_that_was_sent_away_without_knowing_commits_once_it_has_the_partition_again()
    {
        using var consumer = AlertConsumer.Create(Options(heartbeat: TimeSpan.FromMinutes(1)));
        await using var alerts = await ReadAllAsync(consumer);
        await _leader.SendAwayAsync();

        // Nobody waits for the next alert: the commit itself has to hear what the group says.
        var commit = consumer.CommitAsync(Last, Cancel);
        await GatherWhileWaitsAsync(commit);
        await _leader.GiveAsync(0);
        await commit;

        Assert.Equal(Alerts, await CommittedAsync());
        await _topic.SendAsync(Alerts, 1);
        Assert.True(await alerts.MoveNextAsync());
        Assert.Equal(Alerts, alerts.Current.Offset);
    }

    [Fact]
    public async Task A_member_that_was_sent_away_and_does_not_get_the_partition_again_is_told_so()
    {
        using var consumer = AlertConsumer.Create(Options(heartbeat: TimeSpan.FromMinutes(1)));
        await using var alerts = await ReadAllAsync(consumer);
        await _leader.SendAwayAsync();

        var commit = consumer.CommitAsync(Last, Cancel);
        await GatherWhileWaitsAsync(commit);
        await _leader.GiveAsync();

        var refused = await Assert.ThrowsAsync<AlertReadException>(() => commit);
        Assert.Equal(AlertReadFailure.Moved, refused.Failure);
        Assert.False(consumer.Holds(Last));
    }

    [Fact]
    public async Task Who_follows_for_Slack_leaves_a_partition_that_went_to_another_and_says_so()
    {
        using var consumer = AlertConsumer.Create(Options(heartbeat: TimeSpan.FromMinutes(1)));
        await using var alerts = await ReadAllAsync(consumer);
        await _leader.SendAwayAsync();

        var moved = new List<AlertPosition>();
        var commit = new TopicFeed(consumer, new AlertRows(classColumn: null), moved.Add).CommitAsync([Last], Cancel);
        await GatherWhileWaitsAsync(commit);
        await _leader.GiveAsync();
        await commit;

        Assert.Equal([Last], moved);
        Assert.Equal(-1, await CommittedAsync());
    }

    [Fact]
    public async Task A_commit_in_the_midst_of_a_rebalance_is_made_when_that_is_over()
    {
        using var consumer = AlertConsumer.Create(Options());
        await using var alerts = await ReadAllAsync(consumer);
        var pending = alerts.MoveNextAsync().AsTask();
        using var joins = await GroupPeer.ConnectAsync(_broker.BootstrapServers, _topic.Name, _group);
        var joining = joins.GatherAsync();

        // Behind the member's own request to join, which the broker answers first, with another generation.
        var commit = consumer.CommitAsync(Last, Cancel);
        while (await Task.WhenAny(commit, Task.Delay(TimeSpan.FromSeconds(1), Cancel)) == commit)
        {
            await commit;
            commit = consumer.CommitAsync(Last, Cancel);
        }

        await _leader.GatherAsync();
        await _leader.GiveAsync(0);
        await joining;
        await commit;
        Assert.Equal(Alerts, await CommittedAsync());
        await _topic.SendAsync(Alerts, 1);
        Assert.True(await pending);
        Assert.Equal(Alerts, alerts.Current.Offset);
    }

    [Fact]
    public async Task What_was_handed_on_before_a_partition_was_lost_and_given_back_does_not_come_again()
    {
        using var consumer = AlertConsumer.Create(Options());
        await using var alerts = await ReadAllAsync(consumer);
        var pending = alerts.MoveNextAsync().AsTask();

        await _leader.SendAwayAsync();
        await _leader.GatherWithOtherAsync();
        await _leader.GiveAsync(0);
        await _topic.SendAsync(Alerts, 1);

        Assert.True(await pending);
        Assert.Equal(Alerts, alerts.Current.Offset);
        Assert.True(consumer.Holds(Last));
        await consumer.CommitAsync(Last, Cancel);
        Assert.Equal(Alerts, await CommittedAsync());
    }

    [Fact]
    public async Task What_another_member_moved_the_groups_place_past_meanwhile_is_left_to_it()
    {
        using var consumer = AlertConsumer.Create(Options());
        await using var alerts = await ReadAllAsync(consumer);
        var pending = alerts.MoveNextAsync().AsTask();

        await _leader.SendAwayAsync();
        await _leader.CommitAsync(0, 3);
        await _leader.GatherWithOtherAsync();
        await _leader.GiveAsync(0);
        await _topic.SendAsync(Alerts, 1);

        Assert.True(await pending);
        Assert.Equal(Alerts, alerts.Current.Offset);
        Assert.Equal((false, true), (consumer.Holds(new AlertPosition(_topic.Name, 0, 2)), consumer.Holds(new AlertPosition(_topic.Name, 0, 3))));
        var refused = await Assert.ThrowsAsync<AlertReadException>(() => consumer.CommitAsync(new AlertPosition(_topic.Name, 0, 1), Cancel));
        Assert.Equal(AlertReadFailure.Moved, refused.Failure);
        Assert.Equal(3, await CommittedAsync());
    }

    private AlertPosition Last => new(_topic.Name, 0, Alerts - 1);

    /// <summary>The group's second member, given the partition, with all alerts read and none committed.</summary>
    private async Task<IAsyncEnumerator<Alert>> ReadAllAsync(AlertConsumer consumer)
    {
        var alerts = consumer.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        var next = alerts.MoveNextAsync().AsTask();
        await _leader.GatherWithOtherAsync();
        await _leader.GiveAsync(0);
        Assert.True(await next);
        while (alerts.Current.Position != Last)
        {
            Assert.True(await alerts.MoveNextAsync());
        }

        return alerts;
    }

    /// <summary>The commit hears that the group comes together anew, which could not be without it, and waits for what is given.</summary>
    private async Task GatherWhileWaitsAsync(Task commit)
    {
        var gathering = _leader.GatherWithOtherAsync();
        Assert.Same(gathering, await Task.WhenAny(gathering, commit));
        await gathering;
    }

    private Task<long> CommittedAsync() => _leader.CommittedAsync(0);

    private AlertConsumerOptions Options(TimeSpan? heartbeat = null) => new()
    {
        Connection = AlertConnection.Of(new Dictionary<string, string>
        {
            ["bootstrap.servers"] = _broker.BootstrapServers,
            ["heartbeat.interval.ms"] = $"{(heartbeat ?? TimeSpan.FromMilliseconds(100)).TotalMilliseconds}",
            ["session.timeout.ms"] = "120000",
        }),
        Topics = [_topic.Name],
        Group = _group,
        Commit = CommitMode.Manual,
    };
}
