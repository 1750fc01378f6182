using Fink.Kafka.Broker.Handlers;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Records;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Handlers.Data;

/// <summary>What is told of epochs, producers and transactions.</summary>
public sealed class DescriptionTests : IDisposable
{
    private readonly DataBroker _broker = new(allowsAll: false);

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task The_end_of_an_epoch_is_told_to_who_may_describe()
    {
        var topic = _broker.AddTopic("t");
        var handler = new OffsetForLeaderEpochHandler(_broker.Access);

        async Task<OffsetForLeaderEpochResponse.Partition> AskAsync(int current, int epoch) => (await handler.HandleAsync(
            new() { Topics = [new() { Name = "t", Partitions = [new() { CurrentLeaderEpoch = current, LeaderEpoch = epoch }] }] },
            _broker.Context(ApiKey.OffsetForLeaderEpoch),
            CancellationToken.None))!.Topics[0].Partitions[0];

        Assert.Equal(ErrorCode.TopicAuthorizationFailed, (await AskAsync(-1, 0)).ErrorCode);
        _broker.Allow(ResourceType.Topic, "t", AclOperation.Describe);
        _broker.Allow(ResourceType.Topic, "t", AclOperation.Write);
        await _broker.ProduceAsync(topic, DataBroker.Batch("a", "b"));

        var now = await AskAsync(0, 0);
        Assert.Equal((ErrorCode.None, 0, 2L), (now.ErrorCode, now.LeaderEpoch, now.EndOffset));
        var later = await AskAsync(-1, 5);
        Assert.Equal((ErrorCode.None, -1, -1L), (later.ErrorCode, later.LeaderEpoch, later.EndOffset));
        Assert.Equal(ErrorCode.UnknownLeaderEpoch, (await AskAsync(9, 0)).ErrorCode);
    }

    [Fact]
    public async Task Producers_are_told_with_their_last_sequence()
    {
        var topic = _broker.AddTopic("t");
        var handler = new DescribeProducersHandler(_broker.Access);

        async Task<DescribeProducersResponse.Partition[]> AskAsync() => (await handler.HandleAsync(
            new() { Topics = [new() { Name = "t", PartitionIndexes = [0, 1] }] },
            _broker.Context(ApiKey.DescribeProducers),
            CancellationToken.None))!.Topics[0].Partitions;

        Assert.All(await AskAsync(), answer => Assert.Equal(ErrorCode.TopicAuthorizationFailed, answer.ErrorCode));
        _broker.Allow(ResourceType.Topic, "t", AclOperation.Read);
        _broker.Allow(ResourceType.Topic, "t", AclOperation.Write);
        var batch = new RecordBatchBuilder(1) { ProducerId = 9, ProducerEpoch = 2, BaseSequence = 0 }.Add(1, null, [1]).Add(2, null, [1]).Build();
        await _broker.ProduceAsync(topic, batch);

        var answers = await AskAsync();
        var producer = Assert.Single(answers[0].ActiveProducers);
        Assert.Equal(
            (9L, 2, 1, -1L), (producer.ProducerId, producer.ProducerEpoch, producer.LastSequence, producer.CurrentTxnStartOffset));
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, answers[1].ErrorCode);
    }

    [Fact]
    public async Task No_transactional_id_is_known()
    {
        var handler = new DescribeTransactionsHandler(_broker.Authorizer);
        _broker.Allow(ResourceType.TransactionalId, "ours", AclOperation.Describe);

        var answer = await handler.HandleAsync(
            new() { TransactionalIds = ["ours", "others"] }, _broker.Context(ApiKey.DescribeTransactions), CancellationToken.None);

        Assert.Equal(
            [("ours", ErrorCode.TransactionalIdNotFound), ("others", ErrorCode.TransactionalIdAuthorizationFailed)],
            answer!.TransactionStates.Select(state => (state.TransactionalId, state.ErrorCode)));
    }

    [Fact]
    public async Task The_list_of_transactions_is_empty_and_names_states_that_nobody_knows()
    {
        var answer = await new ListTransactionsHandler().HandleAsync(
            new() { StateFilters = ["Ongoing", "Sleeping"] }, _broker.Context(ApiKey.ListTransactions), CancellationToken.None);

        Assert.Equal((ErrorCode.None, 0), (answer!.ErrorCode, answer.TransactionStates.Length));
        Assert.Equal(["Sleeping"], answer.UnknownStateFilters);
    }
}
