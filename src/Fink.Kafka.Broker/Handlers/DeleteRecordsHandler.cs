using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class DeleteRecordsHandler(PartitionAccess partitions) : IRequestHandler<DeleteRecordsRequest, DeleteRecordsResponse>
{
    private static readonly PermissionRule Delete = ApiPermissions.Rule(ApiKey.DeleteRecords, ResourceType.Topic);

    public ValueTask<DeleteRecordsResponse?> HandleAsync(
        DeleteRecordsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var topics = Array.ConvertAll(request.Topics, asked =>
        {
            var topic = partitions.Open(context.Who, Delete, asked.Name);
            return new DeleteRecordsResponse.Topic
            {
                Name = asked.Name,
                Partitions = Array.ConvertAll(asked.Partitions, partition => DeleteBefore(topic, partition)),
            };
        });
        return ValueTask.FromResult<DeleteRecordsResponse?>(new() { Topics = topics });
    }

    private static DeleteRecordsResponse.Partition DeleteBefore(OpenedTopic topic, DeleteRecordsRequest.Partition asked)
    {
        var answer = new DeleteRecordsResponse.Partition { PartitionIndex = asked.PartitionIndex, LowWatermark = -1 };
        if (topic.Find(asked.PartitionIndex) is not { } log)
        {
            answer.ErrorCode = topic.Missing;
            return answer;
        }

        if (!log.Config.DeletesOldSegments)
        {
            answer.ErrorCode = ErrorCode.PolicyViolation;
            return answer;
        }

        var (error, logStart) = log.DeleteRecordsBefore(asked.Offset);
        answer.ErrorCode = error;
        if (error == ErrorCode.None) answer.LowWatermark = logStart;
        return answer;
    }
}
