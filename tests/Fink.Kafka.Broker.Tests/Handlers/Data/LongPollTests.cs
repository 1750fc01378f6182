using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Handlers.Data;

/// <summary>A fetch that waits runs on the caller's thread until it does, so that what follows here always comes after.</summary>
public sealed class LongPollTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly DataBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task An_append_ends_the_wait()
    {
        var topic = _broker.AddTopic("t", partitions: 2);
        var fetch = _broker.FetchAsync(Waiting(Fetches.Of(topic, 0, 0)));
        Assert.False(fetch.IsCompleted);

        await _broker.ProduceAsync(DataBroker.Request(topic, null, DataBroker.Batch("a")));

        Assert.Equal([0, 1], Counts(await fetch.WaitAsync(Limit, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task It_waits_until_there_are_as_many_bytes_as_asked_for()
    {
        var topic = _broker.AddTopic("t");
        var batch = DataBroker.Batch(new string('x', 100));
        var request = Waiting(Fetches.Of(topic, 0));
        request.MinBytes = (3 * batch.Length) - 1;
        await _broker.ProduceAsync(topic, batch);
        var fetch = _broker.FetchAsync(request);

        await _broker.ProduceAsync(topic, batch);
        Assert.False(fetch.IsCompleted);

        await _broker.ProduceAsync(topic, batch);
        Assert.Equal([3], Counts(await fetch.WaitAsync(Limit, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task When_the_time_is_up_it_gives_what_there_is()
    {
        var topic = _broker.AddTopic("t");
        var request = Waiting(Fetches.Of(topic, 0));
        request.MinBytes = 10_000;
        await _broker.ProduceAsync(topic, DataBroker.Batch("a"));
        var fetch = _broker.FetchAsync(request);

        _broker.Time.Advance(TimeSpan.FromMilliseconds(request.MaxWaitMs - 1));
        Assert.False(fetch.IsCompleted);

        _broker.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([1], Counts(await fetch.WaitAsync(Limit, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task An_error_is_told_at_once()
    {
        var topic = _broker.AddTopic("t");

        var answer = await _broker.FetchAsync(Waiting(Fetches.Of(topic, 0, 0))).WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(
            [ErrorCode.None, ErrorCode.UnknownTopicOrPartition], answer.Responses[0].Partitions.Select(partition => partition.ErrorCode));
    }

    [Fact]
    public async Task More_than_there_ever_is_in_an_answer_is_not_waited_for()
    {
        var topic = _broker.AddTopic("t");
        await _broker.ProduceAsync(topic, DataBroker.Batch(new string('x', 100)));
        var request = Waiting(Fetches.Of(topic, 0));
        (request.MinBytes, request.MaxBytes) = (int.MaxValue, 50);

        Assert.Equal([1], Counts(await _broker.FetchAsync(request).WaitAsync(Limit, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(12, ErrorCode.UnknownTopicOrPartition)]
    [InlineData(16, ErrorCode.UnknownTopicId)]
    public async Task The_deletion_of_the_topic_ends_the_wait(short version, ErrorCode expected)
    {
        var topic = _broker.AddTopic("t");
        var request = Waiting(Fetches.Of(topic, 0));
        if (version < 13) request.Topics[0].TopicId = Guid.Empty;
        var fetch = _broker.FetchAsync(request, version);

        _broker.Delete(topic);

        Assert.Equal(expected, (await fetch.WaitAsync(Limit, TestContext.Current.CancellationToken)).Responses[0].Partitions[0].ErrorCode);
    }

    [Fact]
    public async Task Deleted_records_end_the_wait_for_them()
    {
        var topic = _broker.AddTopic("t");
        await _broker.ProduceAsync(topic, DataBroker.Batch("a"));
        var request = Waiting(Fetches.Of(topic, 0));
        request.MinBytes = 10_000;
        var fetch = _broker.FetchAsync(request);

        _broker.Log(topic).DeleteRecordsBefore(1);

        Assert.Equal(ErrorCode.OffsetOutOfRange, (await fetch.WaitAsync(Limit, TestContext.Current.CancellationToken)).Responses[0].Partitions[0].ErrorCode);
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_the_wait()
    {
        using var connection = new CancellationTokenSource();
        var fetch = _broker.FetchWhileAsync(Waiting(Fetches.Of(_broker.AddTopic("t"), 0)), connection.Token);

        await connection.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_waiting_fetch_gets_every_record_though_appends_never_pause()
    {
        const int Records = 300;
        var topic = _broker.AddTopic("t");
        var consumers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var next = 0L;
            while (next < Records)
            {
                var answer = await _broker.FetchAsync(Waiting(Fetches.Of(topic, next)));
                foreach (var (first, last) in answer.Responses[0].Partitions[0].Batches())
                {
                    Assert.Equal(next, first);
                    next = last + 1;
                }
            }
        }, TestContext.Current.CancellationToken)).ToList();

        for (var i = 0; i < Records; i++) await _broker.ProduceAsync(topic, DataBroker.Batch("a"));

        // No time passes here: a fetch that missed its wake-up would wait for ever.
        await Task.WhenAll(consumers).WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    private static FetchRequest Waiting(FetchRequest request)
    {
        request.MaxWaitMs = 500;
        return request;
    }

    private static IEnumerable<int> Counts(FetchResponse answer) =>
        answer.Responses[0].Partitions.Select(partition => partition.Batches().Count);
}
