using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

using ResourceType = Fink.Kafka.Broker.Security.Acls.ResourceType;

internal sealed class ListOffsetsHandler(PartitionAccess partitions) : IRequestHandler<ListOffsetsRequest, ListOffsetsResponse>
{
    private const long Latest = -1;
    private const long Earliest = -2;
    private const long OfNewestRecord = -3;
    private const short KnowsOfNewestRecord = 7;

    private static readonly PermissionRule Describe = ApiPermissions.Rule(ApiKey.ListOffsets, ResourceType.Topic);

    public ValueTask<ListOffsetsResponse?> HandleAsync(
        ListOffsetsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var askedTwice = AskedTwice(request);
        var topics = Array.ConvertAll(request.Topics, asked =>
        {
            var topic = partitions.Open(context.Who, Describe, asked.Name);
            return new ListOffsetsResponse.Topic
            {
                Name = asked.Name,
                Partitions = Array.ConvertAll(
                    asked.Partitions,
                    partition => topic.Topic is not null && askedTwice.Contains((asked.Name, partition.PartitionIndex))
                        ? Refusal(partition, ErrorCode.InvalidRequest)
                        : Answer(topic, partition, request.IsolationLevel, context.Version)),
            };
        });
        return ValueTask.FromResult<ListOffsetsResponse?>(new() { Topics = topics });
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

    private static ListOffsetsResponse.Partition Answer(
        OpenedTopic topic, ListOffsetsRequest.Partition asked, IsolationLevel isolation, short version)
    {
        if (topic.Error != ErrorCode.None) return Refusal(asked, topic.Error);
        if (asked.Timestamp < (version < KnowsOfNewestRecord ? Earliest : OfNewestRecord))
        {
            return Refusal(asked, ErrorCode.UnsupportedVersion);
        }

        if (topic.Find(asked.PartitionIndex) is not { } log) return Refusal(asked, topic.Missing);
        if (LeaderEpochs.Check(asked.CurrentLeaderEpoch, log.LeaderEpoch) is var stale and not ErrorCode.None) return Refusal(asked, stale);

        var found = Find(log, asked.Timestamp, isolation);
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

    private static TimestampedOffset Find(PartitionLog log, long timestamp, IsolationLevel isolation) => timestamp switch
    {
        Latest => new(
            ErrorCode.None,
            isolation == IsolationLevel.ReadCommitted ? log.LastStableOffset : log.HighWatermark,
            Timestamp: -1,
            log.LeaderEpoch),
        Earliest => new(ErrorCode.None, log.LogStartOffset, Timestamp: -1, log.EpochOf(log.LogStartOffset)),
        OfNewestRecord => log.OffsetOfMaxTimestamp(),
        _ => log.OffsetForTimestamp(timestamp, isolation),
    };
}
