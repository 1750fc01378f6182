using Fink.Kafka.Broker.Handlers;
using Fink.Kafka.Broker.Producers;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Handlers.Data;

public sealed class InitProducerIdHandlerTests : IDisposable
{
    private readonly DataBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Every_producer_gets_an_id_of_its_own_also_one_that_names_its_last()
    {
        var handler = new InitProducerIdHandler(new ProducerIds(_broker.Metadata), _broker.Authorizer);

        var first = await AskAsync(handler, new InitProducerIdRequest());
        var second = await AskAsync(handler, new InitProducerIdRequest { ProducerId = first.ProducerId, ProducerEpoch = 3 });

        Assert.Equal((ErrorCode.None, 0L, (short)0), (first.ErrorCode, first.ProducerId, first.ProducerEpoch));
        Assert.Equal((ErrorCode.None, 1L, (short)0), (second.ErrorCode, second.ProducerId, second.ProducerEpoch));
    }

    [Fact]
    public async Task Half_an_identity_and_an_empty_transactional_id_are_no_requests()
    {
        var handler = new InitProducerIdHandler(new ProducerIds(_broker.Metadata), _broker.Authorizer);

        foreach (var request in new InitProducerIdRequest[] { new() { ProducerId = 5 }, new() { ProducerEpoch = 0 }, new() { TransactionalId = "" } })
        {
            var answer = await AskAsync(handler, request);
            Assert.Equal((ErrorCode.InvalidRequest, -1L), (answer.ErrorCode, answer.ProducerId));
        }
    }

    [Fact]
    public async Task A_transactional_producer_is_told_that_there_are_no_transactions()
    {
        var handler = new InitProducerIdHandler(new ProducerIds(_broker.Metadata), _broker.Authorizer);

        Assert.Equal(ErrorCode.UnsupportedVersion, (await AskAsync(handler, new() { TransactionalId = "tx", TransactionTimeoutMs = 1 })).ErrorCode);
    }

    [Fact]
    public async Task A_full_disk_is_something_to_try_again()
    {
        var handler = new InitProducerIdHandler(new ProducerIds(_broker.Metadata), _broker.Authorizer);
        _broker.Journal.IsFull = true;

        Assert.Equal(ErrorCode.CoordinatorLoadInProgress, (await AskAsync(handler, new())).ErrorCode);

        _broker.Journal.IsFull = false;
        Assert.Equal(ErrorCode.None, (await AskAsync(handler, new())).ErrorCode);
    }

    [Fact]
    public async Task Who_may_write_to_any_topic_may_be_idempotent()
    {
        using var broker = new DataBroker(allowsAll: false);
        var handler = new InitProducerIdHandler(new ProducerIds(broker.Metadata), broker.Authorizer);

        Assert.Equal(ErrorCode.ClusterAuthorizationFailed, (await AskAsync(handler, new())).ErrorCode);
        Assert.Equal(ErrorCode.TransactionalIdAuthorizationFailed, (await AskAsync(handler, new() { TransactionalId = "tx" })).ErrorCode);

        broker.Allow(ResourceType.Topic, "t", AclOperation.Write);
        Assert.Equal(ErrorCode.None, (await AskAsync(handler, new())).ErrorCode);
    }

    private async Task<InitProducerIdResponse> AskAsync(InitProducerIdHandler handler, InitProducerIdRequest request) =>
        (await handler.HandleAsync(request, _broker.Context(ApiKey.InitProducerId), CancellationToken.None))!;
}
