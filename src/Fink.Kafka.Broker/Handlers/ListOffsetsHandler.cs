using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class ListOffsetsHandler(PartitionAccess partitions) : IRequestHandler<ListOffsetsRequest, ListOffsetsResponse>
{
    private const long Latest = -1;
    private const long Earliest = -2;
    private const long OfNewestRecord = -3;
    private const short KnowsOfNewestRecord = 7;

    private static readonly PermissionRule Describe = ApiPermissions.Rule(ApiKey.ListOffsets, ResourceType.Topic);

    public async ValueTask<ListOffsetsResponse?> HandleAsync(
        ListOffsetsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var askedTwice = AskedTwice(request);
        var answer = new ListOffsetsResponse { Topics = new ListOffsetsResponse.Topic[request.Topics.Length] };
        for (var t = 0; t < request.Topics.Length; t++)
        {
            var asked = request.Topics[t];
            var topic = partitions.Open(context.Who, Describe, asked.Name);
            var answers = new ListOffsetsResponse.Partition[asked.Partitions.Length];
            for (var p = 0; p < answers.Length; p++)
            {
                var partition = asked.Partitions[p];
                answers[p] = topic.Topic is not null && askedTwice.Contains((asked.Name, partition.PartitionIndex))
                    ? Refusal(partition, ErrorCode.InvalidRequest)
                    : await AnswerAsync(topic, partition, request.IsolationLevel, context.Version, cancellationToken);
            }

            answer.Topics[t] = new ListOffsetsResponse.Topic { Name = asked.Name, Partitions = answers };
        }

        return answer;
    }

    private static HashSet<(string Topic, int Partition)> AskedTwice(ListOffsetsRequest request)
    {
        HashSet<(string, int)> once = [], twice = [];
        foreach (var topic in request.Topics)
        {
            foreach (var partition in topic.Partitions)
            {
                var asked = (topic.Name, partition.PartitionIndex);
                if (!once.Add(asked)) twice.Add(asked);
            }
        }

        return twice;
    }

    private static ListOffsetsResponse.Partition Refusal(ListOffsetsRequest.Partition asked, ErrorCode error) =>
        new() { PartitionIndex = asked.PartitionIndex, ErrorCode = error };

    private static async ValueTask<ListOffsetsResponse.Partition> AnswerAsync(
        OpenedTopic topic, ListOffsetsRequest.Partition asked, IsolationLevel isolation, short version, CancellationToken cancellationToken)
    {
        if (topic.Error != ErrorCode.None) return Refusal(asked, topic.Error);
        if (asked.Timestamp < (version < KnowsOfNewestRecord ? Earliest : OfNewestRecord))
        {
            return Refusal(asked, ErrorCode.UnsupportedVersion);
        }

        if (topic.Find(asked.PartitionIndex) is not { } log) return Refusal(asked, topic.Missing);
        if (LeaderEpochs.Check(asked.CurrentLeaderEpoch, log.LeaderEpoch) is var stale and not ErrorCode.None) return Refusal(asked, stale);

        var found = await FindAsync(log, asked.Timestamp, isolation, cancellationToken);
        if (found.Error != ErrorCode.None) return Refusal(asked, found.Error);
        if (log.OfflineReason is not null) return Refusal(asked, ErrorCode.KafkaStorageError);

        return new ListOffsetsResponse.Partition
        {
            PartitionIndex = asked.PartitionIndex,
            Timestamp = found.Timestamp,
            Offset = found.Offset,
            LeaderEpoch = found.LeaderEpoch,
        };
    }

    private static ValueTask<TimestampedOffset> FindAsync(
        PartitionLog log, long timestamp, IsolationLevel isolation, CancellationToken cancellationToken) => timestamp switch
        {
            Latest => new(new TimestampedOffset(
                ErrorCode.None,
                isolation == IsolationLevel.ReadCommitted ? log.LastStableOffset : log.HighWatermark,
                Timestamp: -1,
                log.LeaderEpoch)),
            Earliest => new(new TimestampedOffset(ErrorCode.None, log.LogStartOffset, Timestamp: -1, log.EpochOf(log.LogStartOffset))),
            OfNewestRecord => log.OffsetOfMaxTimestampAsync(cancellationToken),
            _ => log.OffsetForTimestampAsync(timestamp, isolation, cancellationToken),
        };
}
