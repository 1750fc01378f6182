using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class OffsetForLeaderEpochHandler(PartitionAccess partitions)
    : IRequestHandler<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse>
{
    private static readonly PermissionRule Describe = ApiPermissions.Rule(ApiKey.OffsetForLeaderEpoch, ResourceType.Topic);

    public ValueTask<OffsetForLeaderEpochResponse?> HandleAsync(
        OffsetForLeaderEpochRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var topics = Array.ConvertAll(request.Topics, asked =>
        {
            var topic = partitions.Open(context.Who, Describe, asked.Name);
            return new OffsetForLeaderEpochResponse.Topic
            {
                Name = asked.Name,
                Partitions = Array.ConvertAll(asked.Partitions, partition => EndOf(topic, partition)),
            };
        });
        return ValueTask.FromResult<OffsetForLeaderEpochResponse?>(new() { Topics = topics });
    }

    private static OffsetForLeaderEpochResponse.Partition EndOf(OpenedTopic topic, OffsetForLeaderEpochRequest.Partition asked)
    {
        var answer = new OffsetForLeaderEpochResponse.Partition { PartitionIndex = asked.PartitionIndex };
        if (topic.Find(asked.PartitionIndex) is not { } log)
        {
            answer.ErrorCode = topic.Missing;
            return answer;
        }

        answer.ErrorCode = LeaderEpochs.Check(asked.CurrentLeaderEpoch, log.LeaderEpoch);
        if (answer.ErrorCode != ErrorCode.None) return answer;

        (answer.LeaderEpoch, answer.EndOffset) = log.EndOffsetOf(asked.LeaderEpoch);
        if (log.OfflineReason is not null) answer.ErrorCode = ErrorCode.KafkaStorageError;
        return answer;
    }
}
