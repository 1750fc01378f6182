using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Handlers.Data;

public sealed class FetchHandlerTests : IDisposable
{
    private const short ByName = 12;

    private readonly DataBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Whole_batches_are_given_from_the_one_that_holds_the_offset()
    {
        var topic = _broker.AddTopic("t");
        await _broker.ProduceAsync(topic, DataBroker.Batch("0", "1", "2"));
        await _broker.ProduceAsync(topic, DataBroker.Batch("3", "4"));

        var answer = await _broker.FetchAsync(topic, 2);

        Assert.Equal([(0, 2), (3, 4)], answer.Batches());
        Assert.Equal(
            (ErrorCode.None, 5, 5, 0, -1),
            (answer.ErrorCode, answer.HighWatermark, answer.LastStableOffset, answer.LogStartOffset, answer.PreferredReadReplica));
        Assert.Null(answer.AbortedTransactions);
    }

    [Fact]
    public async Task At_the_end_records_are_empty_and_not_null()
    {
        var topic = _broker.AddTopic("t");

        var answer = await _broker.FetchAsync(topic, 0);

        Assert.Equal((ErrorCode.None, 0), (answer.ErrorCode, answer.HighWatermark));
        Assert.Equal(0, answer.Records!.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task An_offset_outside_the_log_is_out_of_range(long offset)
    {
        var topic = _broker.AddTopic("t");
        await _broker.ProduceAsync(topic, DataBroker.Batch("0", "1", "2", "3"));
        _broker.Log(topic).DeleteRecordsBefore(2);

        var answer = await _broker.FetchAsync(topic, offset);

        Assert.Equal(ErrorCode.OffsetOutOfRange, answer.ErrorCode);
        Assert.Equal(-1, answer.HighWatermark);
        Assert.Equal(0, answer.Records!.Length);
    }

    [Fact]
    public async Task A_partition_that_is_named_again_is_refused_there()
    {
        var topic = _broker.AddTopic("t");
        await _broker.ProduceAsync(topic, DataBroker.Batch("0"));
        var request = Fetches.Of(topic, 0, 0, 0);
        foreach (ref var partition in request.Topics[0].Partitions.AsSpan()) partition.PartitionIndex = 0;

        var answers = (await _broker.FetchAsync(request)).Responses[0].Partitions;

        Assert.Equal([ErrorCode.None, ErrorCode.InvalidRequest, ErrorCode.InvalidRequest], answers.Select(answer => answer.ErrorCode));
        Assert.Equal([(0, 0)], answers[0].Batches());
    }

    [Fact]
    public async Task Only_the_first_batch_of_all_may_exceed_the_limits()
    {
        var topic = _broker.AddTopic("t", partitions: 3);
        var batch = DataBroker.Batch(new string('x', 1000));
        for (var i = 0; i < 3; i++) await _broker.ProduceAsync(DataBroker.Request(topic, batch, batch, batch));

        var request = Fetches.Of(topic, 3, 0, 0);
        foreach (var limit in (int[])[10, 0, -1])
        {
            request.MaxBytes = limit;
            await CheckCountsAsync([0, 1, 0], request);
        }

        request.MaxBytes = (2 * batch.Length) + 10;
        await CheckCountsAsync([0, 2, 0], request);

        request.MaxBytes = 1 << 20;
        request.Topics[0].Partitions[1].PartitionMaxBytes = 10;
        await CheckCountsAsync([0, 1, 3], request);

        request.Topics[0].Partitions[2].PartitionMaxBytes = batch.Length - 1;
        await CheckCountsAsync([0, 1, 0], request);

        await CheckCountsAsync([0, 1, 0], request, brokerMaxBytes: 1);
    }

    [Fact]
    public async Task Topics_are_named_by_id_from_v13_on()
    {
        var topic = _broker.AddTopic("t");
        await _broker.ProduceAsync(topic, DataBroker.Batch("a"));

        var byName = Fetches.Of(topic, 0);
        byName.Topics[0].TopicId = Guid.Empty;
        Assert.Single((await _broker.FetchAsync(byName, ByName)).Responses[0].Partitions[0].Batches());

        var byId = Fetches.Of(topic, 0);
        byId.Topics[0].Name = "";
        var answer = (await _broker.FetchAsync(byId)).Responses[0];
        Assert.Equal(topic.Id, answer.TopicId);
        Assert.Single(answer.Partitions[0].Batches());
    }

    [Fact]
    public async Task What_is_not_there_is_an_error_of_its_partition()
    {
        var topic = _broker.AddTopic("t");
        var unknown = Fetches.Of(topic, 0, 0);
        unknown.Topics = [unknown.Topics[0], unknown.Topics[0] with { Name = "no", TopicId = Guid.NewGuid() }];

        ErrorCode[][] expected(ErrorCode ofTopic) =>
            [[ErrorCode.None, ErrorCode.UnknownTopicOrPartition], [ofTopic, ofTopic]];
        Assert.Equal(expected(ErrorCode.UnknownTopicOrPartition), Errors(await _broker.FetchAsync(unknown, ByName)));
        Assert.Equal(expected(ErrorCode.UnknownTopicId), Errors(await _broker.FetchAsync(unknown)));
    }

    [Fact]
    public async Task Without_the_right_to_read_it_is_not_said_whether_a_name_is_there()
    {
        using var broker = new DataBroker(allowsAll: false);
        var topic = broker.AddTopic("t");
        var request = Fetches.Of(topic, 0);
        request.Topics = [request.Topics[0], request.Topics[0] with { Name = "no" }];

        Assert.All(Errors(await broker.FetchAsync(request, ByName)), errors => Assert.Equal([ErrorCode.TopicAuthorizationFailed], errors));

        broker.Allow(ResourceType.Topic, "t", AclOperation.Read);
        Assert.Equal([ErrorCode.None], Errors(await broker.FetchAsync(request, ByName))[0]);
    }

    [Theory]
    [InlineData(0, 0, ErrorCode.None)]
    [InlineData(0, -1, ErrorCode.None)]
    [InlineData(77, 0, ErrorCode.None)]
    [InlineData(77, 3, ErrorCode.FetchSessionIdNotFound)]
    [InlineData(0, 1, ErrorCode.FetchSessionIdNotFound)]
    public async Task Sessions_are_declined(int id, int epoch, ErrorCode expected)
    {
        var request = Fetches.Of(_broker.AddTopic("t"), 0);
        (request.SessionId, request.SessionEpoch) = (id, epoch);

        var answer = await _broker.FetchAsync(request);

        Assert.Equal((expected, 0), (answer.ErrorCode, answer.SessionId));
        Assert.Equal(expected == ErrorCode.None ? 1 : 0, answer.Responses.Length);
    }

    [Fact]
    public async Task The_leader_epoch_that_a_client_believes_in_must_be_the_one_there_is()
    {
        var topic = _broker.AddTopic("t");
        var current = _broker.Log(topic).LeaderEpoch;

        async Task<ErrorCode> WithEpochAsync(int epoch)
        {
            var request = Fetches.Of(topic, 0);
            request.Topics[0].Partitions[0].CurrentLeaderEpoch = epoch;
            return Errors(await _broker.FetchAsync(request))[0][0];
        }

        Assert.Equal(ErrorCode.None, await WithEpochAsync(-1));
        Assert.Equal(ErrorCode.None, await WithEpochAsync(current));
        Assert.Equal(ErrorCode.UnknownLeaderEpoch, await WithEpochAsync(current + 1));
    }

    [Fact]
    public async Task There_are_no_followers()
    {
        var request = Fetches.Of(_broker.AddTopic("t"), 0);
        request.ReplicaId = 1;

        Assert.Equal([[ErrorCode.NotLeaderOrFollower]], Errors(await _broker.FetchAsync(request, ByName)));
    }

    private async Task CheckCountsAsync(int[] expected, FetchRequest request, int brokerMaxBytes = 1 << 24)
    {
        var answer = await _broker.FetchAsync(request, maxBytes: brokerMaxBytes);
        Assert.Equal(expected, answer.Responses[0].Partitions.Select(partition => partition.Batches().Count));
    }

    private static ErrorCode[][] Errors(FetchResponse answer) =>
        Array.ConvertAll(answer.Responses, topic => Array.ConvertAll(topic.Partitions, partition => partition.ErrorCode));
}
