using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class DescribeProducersHandler(PartitionAccess partitions)
    : IRequestHandler<DescribeProducersRequest, DescribeProducersResponse>
{
    private static readonly PermissionRule Read = ApiPermissions.Rule(ApiKey.DescribeProducers, ResourceType.Topic);

    public ValueTask<DescribeProducersResponse?> HandleAsync(
        DescribeProducersRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var topics = Array.ConvertAll(request.Topics, asked =>
        {
            var topic = partitions.Open(context.Who, Read, asked.Name);
            return new DescribeProducersResponse.Topic
            {
                Name = asked.Name,
                Partitions = Array.ConvertAll(asked.PartitionIndexes, index => Describe(topic, index)),
            };
        });
        return ValueTask.FromResult<DescribeProducersResponse?>(new() { Topics = topics });
    }

    private static DescribeProducersResponse.Partition Describe(OpenedTopic topic, int index)
    {
        var answer = new DescribeProducersResponse.Partition { PartitionIndex = index };
        if (topic.Find(index) is not { } log)
        {
            answer.ErrorCode = topic.Missing;
        }
        else
        {
            answer.ActiveProducers = [.. log.DescribeProducers().Select(Mapped)];
            if (log.OfflineReason is { } reason) (answer.ErrorCode, answer.ErrorMessage) = (ErrorCode.KafkaStorageError, reason);
        }

        return answer;
    }

    private static DescribeProducersResponse.Producer Mapped(ProducerDescription producer) => new()
    {
        ProducerId = producer.ProducerId,
        ProducerEpoch = producer.Epoch,
        LastSequence = producer.LastSequence,
        LastTimestamp = producer.LastTimestamp,
        CoordinatorEpoch = producer.CoordinatorEpoch,
        CurrentTxnStartOffset = producer.CurrentTransactionStart,
    };
}
