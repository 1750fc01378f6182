using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Fetching;
using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>
/// Gives records, and waits for them. Sessions, by which a client need not name every partition each time, are declined: a client is
/// told none, and goes on without.
/// </summary>
/// <param name="maxBytes">The most that one fetch gives, whatever its client asks for.</param>
internal sealed class FetchHandler(PartitionAccess partitions, int maxBytes, TimeProvider time)
    : IRequestHandler<FetchRequest, FetchResponse>
{
    private const short ByTopicId = 13;
    private const int LastEpochOfSession = -1;
    private const int FirstEpochOfSession = 0;

    private static readonly PermissionRule Read = ApiPermissions.Rule(ApiKey.Fetch, ResourceType.Topic);

    public async ValueTask<FetchResponse?> HandleAsync(
        FetchRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        if (request.SessionEpoch is not (LastEpochOfSession or FirstEpochOfSession))
        {
            return new FetchResponse { ErrorCode = ErrorCode.FetchSessionIdNotFound };
        }

        var topics = Array.ConvertAll(request.Topics, asked => Open(asked, context));
        var poll = new LongPoll(Fetches(request, topics), FetchLimits.Of(request, maxBytes));
        context.Connection.HoldUntilSent(poll);
        await poll.ReadAsync(time, cancellationToken);
        FailWhereDeleted(request, topics, poll);
        return Answer(request, poll);
    }

    private OpenedTopic Open(FetchRequest.Topic asked, RequestContext context) => context.Version < ByTopicId
        ? partitions.Open(context.Who, Read, asked.Name)
        : partitions.Open(context.Who, Read, asked.TopicId);

    private static PartitionFetch[] Fetches(FetchRequest request, OpenedTopic[] topics)
    {
        var fetches = new PartitionFetch[request.Topics.Sum(topic => topic.Partitions.Length)];
        var named = new HashSet<PartitionLog>();
        var next = 0;
        for (var t = 0; t < topics.Length; t++)
        {
            foreach (ref readonly var asked in request.Topics[t].Partitions.AsSpan())
            {
                fetches[next++] = IsReplica(request)
                    ? new PartitionFetch(log: null, ErrorCode.NotLeaderOrFollower, asked, request.IsolationLevel)
                    : Fetch(topics[t], asked, request, named);
            }
        }

        return fetches;
    }

    /// <summary>Each mention costs a read and a look at every change, so a partition that is named again is refused there.</summary>
    private static PartitionFetch Fetch(
        OpenedTopic topic, FetchRequest.Partition asked, FetchRequest request, HashSet<PartitionLog> named)
    {
        var log = topic.Find(asked.PartitionIndex);
        if (log is not null && !named.Add(log))
        {
            return new PartitionFetch(log: null, ErrorCode.InvalidRequest, asked, request.IsolationLevel);
        }

        return new PartitionFetch(log, log is null ? topic.Missing : ErrorCode.None, asked, request.IsolationLevel);
    }

    /// <summary>There is one broker: nobody is a follower of it.</summary>
    private static bool IsReplica(FetchRequest request) => request.ReplicaId >= 0 || request.ReplicaState.ReplicaId >= 0;

    /// <summary>A log that went away while it was waited for, or between, says so by an error of its own; clients are told of the topic.</summary>
    private static void FailWhereDeleted(FetchRequest request, OpenedTopic[] topics, LongPoll poll)
    {
        var next = 0;
        for (var t = 0; t < topics.Length; t++)
        {
            foreach (ref readonly var asked in request.Topics[t].Partitions.AsSpan())
            {
                var fetch = poll.Partitions[next];
                if (fetch.Log is not null && fetch.Error != ErrorCode.None && topics[t].Find(asked.PartitionIndex) is null)
                {
                    poll.Fail(next, request.Topics[t].TopicId == Guid.Empty ? ErrorCode.UnknownTopicOrPartition : ErrorCode.UnknownTopicId);
                }

                next++;
            }
        }
    }

    private static FetchResponse Answer(FetchRequest request, LongPoll poll)
    {
        var answer = new FetchResponse { Responses = new FetchResponse.Topic[request.Topics.Length] };
        var next = 0;
        for (var t = 0; t < request.Topics.Length; t++)
        {
            ref var asked = ref request.Topics[t];
            var answers = new FetchResponse.Partition[asked.Partitions.Length];
            foreach (ref var partition in answers.AsSpan()) partition = poll.Partitions[next++].ToAnswer();
            answer.Responses[t] = new FetchResponse.Topic { Name = asked.Name, TopicId = asked.TopicId, Partitions = answers };
        }

        return answer;
    }
}
