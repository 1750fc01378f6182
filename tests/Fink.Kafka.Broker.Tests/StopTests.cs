using Fink.Kafka.Broker.Tests.Listeners;
using Fink.Kafka.Protocol.Messages;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests;

/// <summary>A stop cuts what waits. The clock stands still: neither the wait nor the time after which a stop cuts by force can end it.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly WatchedTime _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_cuts_a_fetch_that_waits_for_records()
    {
        await using var broker = await TestBroker.StartAsync(_time);
        using var client = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        var made = await client.AskAsync<CreateTopicsRequest, CreateTopicsResponse>(
            new() { Topics = [new() { Name = "t", NumPartitions = 1, ReplicationFactor = 1 }] }, Cancelled);
        var fetch = client.AskAsync<FetchRequest, FetchResponse>(
            new()
            {
                MinBytes = 1,
                MaxWaitMs = (int)Long.TotalMilliseconds,
                Topics = [new() { TopicId = made.Topics[0].TopicId, Partitions = [new() { PartitionMaxBytes = 1000 }] }],
            },
            Cancelled);

        await AssertStopsAsync(broker, fetch);
    }

    [Fact]
    public async Task A_stop_cuts_a_join_that_waits_for_other_members()
    {
        await using var broker = await TestBroker.StartAsync(_time, ("group.initial.rebalance.delay.ms", $"{Long.TotalMilliseconds}"));
        using var client = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);
        var join = client.AskAsync<JoinGroupRequest, JoinGroupResponse>(
            new()
            {
                GroupId = "g",
                SessionTimeoutMs = 10_000,
                RebalanceTimeoutMs = (int)(2 * Long).TotalMilliseconds,
                ProtocolType = "consumer",
                Protocols = [new() { Name = "range" }],
            },
            Cancelled,
            version: 3);

        await AssertStopsAsync(broker, join);
    }

    private async Task AssertStopsAsync(TestBroker broker, Task request)
    {
        await _time.LongTimer.WaitAsync(TimeSpan.FromMinutes(1), Cancelled);
        Assert.False(request.IsCompleted);

        await broker.Broker.StopAsync(Cancelled).WaitAsync(TimeSpan.FromMinutes(1), Cancelled);

        await Assert.ThrowsAsync<EndOfStreamException>(() => request);
    }

    /// <summary>Tells when a timer for <see cref="Long"/> is set: whoever sets it waits.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource _longTimer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task LongTimer => _longTimer.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Long) _longTimer.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
