using Fink.Kafka.Broker.Handlers;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Tests.Handlers.Data;

/// <summary>Fetches of a broker without a network. What they read is copied, as if it had been sent.</summary>
internal static class Fetches
{
    public static FetchRequest Of(Topic topic, params long[] offsets) => new()
    {
        MinBytes = 1,
        MaxWaitMs = 0,
        Topics =
        [
            new FetchRequest.Topic
            {
                Name = topic.Name,
                TopicId = topic.Id,
                Partitions =
                [
                    .. offsets.Select((offset, index) =>
                        new FetchRequest.Partition { PartitionIndex = index, FetchOffset = offset, PartitionMaxBytes = 1 << 20 }),
                ],
            },
        ],
    };

    public static Task<FetchResponse> FetchAsync(
        this DataBroker broker, FetchRequest request, short version = DataBroker.Newest, int maxBytes = 1 << 24) =>
        AnswerAsync(new FetchHandler(broker.Access, maxBytes, broker.Time), request, broker, version, CancellationToken.None);

    /// <summary>Over a connection that ends with the token.</summary>
    public static Task<FetchResponse> FetchWhileAsync(this DataBroker broker, FetchRequest request, CancellationToken connection) =>
        AnswerAsync(new FetchHandler(broker.Access, 1 << 24, broker.Time), request, broker, DataBroker.Newest, connection);

    public static async Task<FetchResponse.Partition> FetchAsync(this DataBroker broker, Topic topic, long offset) =>
        (await broker.FetchAsync(Of(topic, offset))).Responses[0].Partitions[0];

    /// <summary>First and last offset of each batch.</summary>
    public static IReadOnlyList<(long First, long Last)> Batches(this FetchResponse.Partition partition)
    {
        List<(long, long)> batches = [];
        ReadOnlySpan<byte> left = partition.Records!.ToArray();
        while (left.Length > 0)
        {
            Assert.True(RecordBatch.TryRead(left, out var batch), "a batch is not whole");
            batches.Add((batch.BaseOffset, batch.LastOffset));
            left = left[batch.SizeInBytes..];
        }

        return batches;
    }

    private static async Task<FetchResponse> AnswerAsync(
        FetchHandler handler, FetchRequest request, DataBroker broker, short version, CancellationToken cancellationToken)
    {
        var context = broker.Context(ApiKey.Fetch, version);
        var answer = (await handler.HandleAsync(request, context, cancellationToken))!;
        foreach (var topic in answer.Responses)
        {
            foreach (ref var partition in topic.Partitions.AsSpan()) partition.Records = RecordBytes.Of(partition.Records!.ToArray());
        }

        return answer;
    }
}
