using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Records;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>
/// One batch for each partition named. All are written before the first is waited for, so that those that must be flushed are
/// flushed at the same time.
/// </summary>
internal sealed class ProduceHandler(PartitionAccess partitions, Authorizer authorizer) : IRequestHandler<ProduceRequest, ProduceResponse>
{
    private const short NoAnswer = 0;
    private const short KnowsZstd = 7;

    private static readonly PermissionRule WriteTopic = ApiPermissions.Rule(ApiKey.Produce, ResourceType.Topic);
    private static readonly PermissionRule WriteTransactionalId = ApiPermissions.Rule(ApiKey.Produce, ResourceType.TransactionalId);

    public async ValueTask<ProduceResponse?> HandleAsync(
        ProduceRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var answer = new ProduceResponse { Responses = new ProduceResponse.Topic[request.TopicData.Length] };
        var refusal = Refusal(request, context.Who);
        List<Task>? unfinished = null;
        for (var t = 0; t < request.TopicData.Length; t++)
        {
            ref var asked = ref request.TopicData[t];
            var answers = new ProduceResponse.Partition[asked.PartitionData.Length];
            answer.Responses[t] = new ProduceResponse.Topic { Name = asked.Name, PartitionResponses = answers };
            var topic = refusal is null ? partitions.Open(context.Who, WriteTopic, asked.Name) : default;
            for (var p = 0; p < answers.Length; p++)
            {
                answers[p] = new ProduceResponse.Partition { Index = asked.PartitionData[p].Index };
                var append = refusal is { } error
                    ? ValueTask.FromResult(error)
                    : AppendAsync(topic, asked.PartitionData[p], context.Version, cancellationToken);
                if (append.IsCompletedSuccessfully) Answer(ref answers[p], append.Result);
                else (unfinished ??= []).Add(AnswerAsync(answers, p, append));
            }
        }

        if (unfinished is not null) await Task.WhenAll(unfinished);
        if (request.Acks != NoAnswer) return answer;

        // A producer that wants no answers learns of an error by the end of its connection.
        if (HasError(answer)) context.CloseAfterAnswer();
        return null;
    }

    /// <summary>What holds for all partitions alike; null where nothing does.</summary>
    private AppendResult? Refusal(ProduceRequest request, Requester who)
    {
        if (HasTransactionalBatch(request))
        {
            return request.TransactionalId is not { } id || authorizer.Check(who, WriteTransactionalId, id) != ErrorCode.None
                ? new AppendResult(WriteTransactionalId.Denied)
                : new AppendResult(ErrorCode.InvalidTxnState) { Message = "This broker has no transactions." };
        }

        return request.Acks is -1 or 0 or 1 ? null : new AppendResult(ErrorCode.InvalidRequiredAcks);
    }

    private static bool HasTransactionalBatch(ProduceRequest request)
    {
        foreach (ref readonly var topic in request.TopicData.AsSpan())
        {
            foreach (ref readonly var partition in topic.PartitionData.AsSpan())
            {
                if (RecordBatch.TryReadHeader(partition.Records.GetValueOrDefault().Span, out var batch)
                    && batch.Attributes.IsTransactional)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ValueTask<AppendResult> AppendAsync(
        OpenedTopic topic, ProduceRequest.Partition asked, short version, CancellationToken cancellationToken)
    {
        if (topic.Find(asked.Index) is not { } log) return Refused(topic.Missing);

        var records = asked.Records.GetValueOrDefault();
        if (!RecordBatch.TryRead(records.Span, out var batch) || batch.SizeInBytes != records.Length)
        {
            return Refused(ErrorCode.InvalidRecord, "A partition's records are exactly one batch of format 2.");
        }

        return batch.Attributes.Compression == (int)CompressionType.Zstd && version < KnowsZstd
            ? Refused(ErrorCode.UnsupportedCompressionType, "Produce requests before version 7 cannot have zstd.")
            : log.AppendAsync(records, AppendOrigin.Client, cancellationToken);
    }

    private static ValueTask<AppendResult> Refused(ErrorCode error, string? message = null) =>
        ValueTask.FromResult(new AppendResult(error) { Message = message });

    private static async Task AnswerAsync(ProduceResponse.Partition[] answers, int index, ValueTask<AppendResult> append)
    {
        var result = await append;
        Answer(ref answers[index], result);
    }

    private static void Answer(ref ProduceResponse.Partition answer, AppendResult result)
    {
        answer.ErrorCode = result.Error;
        answer.ErrorMessage = result.Message;
        answer.BaseOffset = result.BaseOffset;
        answer.LogAppendTimeMs = result.LogAppendTimeMs;
        answer.LogStartOffset = result.LogStartOffset;
        if (result.RecordErrors.Count > 0)
        {
            answer.RecordErrors =
            [
                .. result.RecordErrors.Select(error =>
                    new ProduceResponse.RecordError { BatchIndex = error.Index, BatchIndexErrorMessage = error.Message }),
            ];
        }
    }

    private static bool HasError(ProduceResponse answer)
    {
        foreach (ref readonly var topic in answer.Responses.AsSpan())
        {
            foreach (ref readonly var partition in topic.PartitionResponses.AsSpan())
            {
                if (partition.ErrorCode != ErrorCode.None) return true;
            }
        }

        return false;
    }
}
