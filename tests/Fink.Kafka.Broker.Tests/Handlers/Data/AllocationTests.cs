using System.IO.Pipelines;
using Fink.Kafka.Broker.Handlers;
using Fink.Kafka.Broker.Listeners;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Handlers.Data;

/// <summary>What a request allocates does not depend on how many records it has. It runs on the caller's thread, whose count this is.</summary>
public sealed class AllocationTests : IDisposable
{
    private const int Few = 1;
    private const int Many = 1000;

    /// <summary>Far below what one small object a record would be.</summary>
    private const long Tolerance = 512;

    private readonly DataBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public void Producing_allocates_nothing_for_each_record()
    {
        var topic = _broker.AddTopic("t");
        var handler = new ProduceHandler(_broker.Access, _broker.Authorizer);

        long ProducedBy(int records)
        {
            var request = DataBroker.Request(topic, DataBroker.Batch(Values(records)));
            return AllocatedBy(() =>
            {
                var context = _broker.Context(ApiKey.Produce);
                Assert.Equal(ErrorCode.None, Result(handler.HandleAsync(request, context, CancellationToken.None)).Responses[0].PartitionResponses[0].ErrorCode);
            });
        }

        var (few, many) = (ProducedBy(Few), ProducedBy(Many));
        TestContext.Current.TestOutputHelper?.WriteLine($"produce: {few} bytes for {Few} record, {many} for {Many}");
        Assert.True(many <= few + Tolerance, $"{few} bytes for {Few} record, {many} for {Many}");
    }

    [Fact]
    public async Task Fetching_allocates_nothing_for_each_record()
    {
        var (few, many) = (FetchedFrom(await FilledAsync("few", Few)), FetchedFrom(await FilledAsync("many", Many)));

        TestContext.Current.TestOutputHelper?.WriteLine($"fetch: {few} bytes for {Few} record, {many} for {Many}");
        Assert.True(many <= few + Tolerance, $"{few} bytes for {Few} record, {many} for {Many}");
    }

    [Fact]
    public async Task Looking_whether_there_is_enough_allocates_nothing()
    {
        var log = _broker.Log(await FilledAsync("t", Many));

        Assert.Equal(0, AllocatedBy(() => log.BytesFrom(0, IsolationLevel.ReadCommitted)));
    }

    /// <summary>There already: a handler that went to another thread would not be counted.</summary>
    private static T Result<T>(ValueTask<T?> answer)
        where T : class
    {
        Assert.True(answer.IsCompletedSuccessfully);
        return answer.GetAwaiter().GetResult()!;
    }

    private long FetchedFrom(Topic topic)
    {
        var handler = new FetchHandler(_broker.Access, 1 << 24, _broker.Time);
        var request = Fetches.Of(topic, 0);
        var output = new AnswerWriter(PipeWriter.Create(Stream.Null), new Patience(_broker.Time), TimeSpan.FromMinutes(10));
        return AllocatedBy(() =>
        {
            var context = _broker.Context(ApiKey.Fetch);
            var answer = Result(handler.HandleAsync(request, context, CancellationToken.None));
            Assert.NotEqual(0, answer.Responses[0].Partitions[0].Records!.Length);
            Frame.WriteResponse<FetchRequest, FetchResponse>(output, context.Version, 0, answer);
            Assert.True(output.SendAsync().AsTask().IsCompletedSuccessfully);
        });
    }

    private async Task<Topic> FilledAsync(string name, int records)
    {
        var topic = _broker.AddTopic(name);
        await _broker.ProduceAsync(topic, DataBroker.Batch(Values(records)));
        return topic;
    }

    private static string[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => $"value {i}")];

    /// <summary>By one call, after some that fill what is kept for the next. The least of several: a collection empties pools.</summary>
    private static long AllocatedBy(Action action)
    {
        const int Calls = 50;
        var least = long.MaxValue;
        for (var i = 0; i < Calls; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
