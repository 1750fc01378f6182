using System.Buffers.Binary;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Tests.Permissions;

using static Answers;
using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;

/// <summary>Records, their logs and their producers.</summary>
internal static class DataCases
{
    public static IEnumerable<PermissionCase> All =>
    [
        new("Produce", Rights.Topic(AclOperation.Write))
        {
            Ask = async (client, on, cancellation) => Codes((await client.AskAsync<ProduceRequest, ProduceResponse>(
                new()
                {
                    Acks = -1,
                    TimeoutMs = 10_000,
                    TopicData = [new() { Name = on.Topic, PartitionData = [new() { Records = OneRecord() }] }],
                },
                cancellation)).Responses.SelectMany(topic => topic.PartitionResponses).Select(one => one.ErrorCode)),
        },
        new("Fetch v12", Rights.Topic(AclOperation.Read), Rights.Topic(AclOperation.Describe))
        {
            Ask = (client, on, cancellation) =>
                FetchAsync(client, new() { Name = on.Topic, Partitions = [new() { PartitionMaxBytes = 1 }] }, 12, cancellation),
        },
        new("Fetch by id", Rights.Topic(AclOperation.Read), Rights.Topic(AclOperation.Describe))
        {
            Ask = (client, on, cancellation) =>
                FetchAsync(client, new() { TopicId = on.TopicId, Partitions = [new() { PartitionMaxBytes = 1 }] }, 16, cancellation),
        },
        new("ListOffsets", Rights.Topic(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) => Codes((await client.AskAsync<ListOffsetsRequest, ListOffsetsResponse>(
                new() { ReplicaId = -1, Topics = [new() { Name = on.Topic, Partitions = [new() { Timestamp = -2 }] }] },
                cancellation)).Topics.SelectMany(topic => topic.Partitions).Select(one => one.ErrorCode)),
        },
        new("OffsetForLeaderEpoch", Rights.Topic(AclOperation.Describe), Rights.Cluster(AclOperation.ClusterAction))
        {
            Ask = async (client, on, cancellation) => Codes(
                (await client.AskAsync<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse>(
                    new() { Topics = [new() { Name = on.Topic, Partitions = [new()] }] }, cancellation))
                .Topics.SelectMany(topic => topic.Partitions).Select(one => one.ErrorCode)),
        },
        new("DeleteRecords", Rights.Topic(AclOperation.Delete), Rights.Topic(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) => Codes((await client.AskAsync<DeleteRecordsRequest, DeleteRecordsResponse>(
                new() { TimeoutMs = 10_000, Topics = [new() { Name = on.Topic, Partitions = [new() { Offset = 0 }] }] },
                cancellation)).Topics.SelectMany(topic => topic.Partitions).Select(one => one.ErrorCode)),
        },
        new("InitProducerId", Rights.Cluster(AclOperation.IdempotentWrite), Rights.Topic(AclOperation.Write))
        {
            Ask = async (client, on, cancellation) => Code((await client.AskAsync<InitProducerIdRequest, InitProducerIdResponse>(
                new() { TransactionTimeoutMs = 10_000 }, cancellation)).ErrorCode),
        },
        new("DescribeProducers", Rights.Topic(AclOperation.Read))
        {
            Ask = async (client, on, cancellation) => Codes(
                (await client.AskAsync<DescribeProducersRequest, DescribeProducersResponse>(
                    new() { Topics = [new() { Name = on.Topic, PartitionIndexes = [0] }] }, cancellation))
                .Topics.SelectMany(topic => topic.Partitions).Select(one => one.ErrorCode)),
        },
        new("DescribeLogDirs", Rights.Cluster(AclOperation.Describe), Rights.Topic(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<DescribeLogDirsRequest, DescribeLogDirsResponse>(
                    new() { Topics = [new() { Name = on.Topic, Partitions = [0] }] }, cancellation);
                return $"{(int)answer.ErrorCode} folders {Codes(answer.Results.Select(one => one.ErrorCode))}";
            },
        },
        new("DescribeTransactions", Rights.TransactionalId(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) => Codes(
                (await client.AskAsync<DescribeTransactionsRequest, DescribeTransactionsResponse>(
                    new() { TransactionalIds = [on.TransactionalId] }, cancellation))
                .TransactionStates.Select(one => one.ErrorCode)),
        },
        new("ListTransactions")
        {
            Ask = async (client, on, cancellation) =>
                Code((await client.AskAsync<ListTransactionsRequest, ListTransactionsResponse>(new(), cancellation)).ErrorCode),
        },
    ];

    private static async Task<string> FetchAsync(
        WireClient client, FetchRequest.Topic topic, short version, CancellationToken cancellationToken)
    {
        var answer = await client.AskAsync<FetchRequest, FetchResponse>(
            new() { Topics = [topic], MaxBytes = 1 }, cancellationToken, version);
        return $"{(int)answer.ErrorCode} "
            + Codes(answer.Responses.SelectMany(one => one.Partitions).Select(one => one.ErrorCode));
    }

    /// <summary>A batch of one record, its value <c>v</c>, of a producer without an id.</summary>
    private static byte[] OneRecord()
    {
        ReadOnlySpan<byte> record = [14, 0, 0, 0, 1, 2, (byte)'v', 0];
        var batch = new byte[61 + record.Length];
        var rest = batch.AsSpan();
        BinaryPrimitives.WriteInt32BigEndian(rest[8..], batch.Length - 12);
        BinaryPrimitives.WriteInt32BigEndian(rest[12..], -1);
        batch[16] = 2;
        rest.Slice(43, 14).Fill(0xff);
        BinaryPrimitives.WriteInt32BigEndian(rest[57..], 1);
        record.CopyTo(rest[61..]);
        BinaryPrimitives.WriteUInt32BigEndian(rest[17..], Crc32C.Of(rest[21..]));
        return batch;
    }
}
