using System.Buffers;
using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Broker.Handlers;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Records;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Handlers.Data;

using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using ResourceType = Fink.Kafka.Protocol.Values.ResourceType;

public sealed class ListOffsetsHandlerTests : IDisposable
{
    private const long Latest = -1;
    private const long Earliest = -2;
    private const long OfNewestRecord = -3;

    private readonly DataBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task The_log_says_where_it_begins_and_ends()
    {
        var topic = _broker.AddTopic("t");
        for (var i = 0; i < 5; i++) await _broker.ProduceAsync(topic, DataBroker.BatchAt(1000 + i, "a", "b"));
        _broker.Log(topic).DeleteRecordsBefore(3);

        Assert.Equal((ErrorCode.None, 3L, -1L), await AskAsync(topic, Earliest));
        Assert.Equal((ErrorCode.None, 10L, -1L), await AskAsync(topic, Latest));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_time_is_looked_up_record_by_record_inside_the_batch(int codec)
    {
        var compression = (CompressionType)codec;
        var topic = _broker.AddTopic("t");
        await _broker.ProduceAsync(topic, Compressed(compression, 100, 105, 103));
        await _broker.ProduceAsync(topic, Compressed(compression, 110, 120));

        Assert.Equal((ErrorCode.None, 0L, 100L), await AskAsync(topic, 0));
        Assert.Equal((ErrorCode.None, 1L, 105L), await AskAsync(topic, 102));
        Assert.Equal((ErrorCode.None, 3L, 110L), await AskAsync(topic, 106));
        Assert.Equal((ErrorCode.None, 4L, 120L), await AskAsync(topic, 111));
        Assert.Equal((ErrorCode.None, -1L, -1L), await AskAsync(topic, 121));
    }

    [Fact]
    public async Task The_newest_record_is_not_always_the_last()
    {
        var topic = _broker.AddTopic("t");
        Assert.Equal((ErrorCode.None, -1L, -1L), await AskAsync(topic, OfNewestRecord));

        await _broker.ProduceAsync(topic, Compressed(CompressionType.None, 7, 200, 9));
        await _broker.ProduceAsync(topic, Compressed(CompressionType.None, 8));

        Assert.Equal((ErrorCode.None, 1L, 200L), await AskAsync(topic, OfNewestRecord));
    }

    [Fact]
    public async Task Times_that_a_version_does_not_know_are_refused_for_the_partition()
    {
        var topic = _broker.AddTopic("t");

        Assert.Equal(ErrorCode.UnsupportedVersion, (await AskAsync(topic, OfNewestRecord, version: 6)).Error);
        Assert.Equal(ErrorCode.UnsupportedVersion, (await AskAsync(topic, -4)).Error);
        Assert.Equal(ErrorCode.None, (await AskAsync(topic, Latest, version: 1)).Error);
    }

    [Fact]
    public async Task A_partition_named_twice_or_not_there_is_refused_alone()
    {
        var topic = _broker.AddTopic("t", partitions: 2);
        ListOffsetsRequest.Partition[] asked =
        [
            new() { PartitionIndex = 0, Timestamp = Latest },
            new() { PartitionIndex = 1, Timestamp = Latest },
            new() { PartitionIndex = 0, Timestamp = Earliest },
            new() { PartitionIndex = 2, Timestamp = Latest },
        ];

        var answers = await AskAsync(new ListOffsetsRequest { Topics = [new() { Name = topic.Name, Partitions = asked }] });

        Assert.Equal(
            [ErrorCode.InvalidRequest, ErrorCode.None, ErrorCode.InvalidRequest, ErrorCode.UnknownTopicOrPartition],
            answers.Topics[0].Partitions.Select(partition => partition.ErrorCode));
    }

    [Fact]
    public async Task Leader_epochs_are_compared_and_told()
    {
        var topic = _broker.AddTopic("t");
        await _broker.ProduceAsync(topic, DataBroker.Batch("a"));
        var current = _broker.Log(topic).LeaderEpoch;

        async Task<ListOffsetsResponse.Partition> WithEpochAsync(int epoch, long timestamp) =>
            (await AskAsync(Request(topic, new() { CurrentLeaderEpoch = epoch, Timestamp = timestamp }))).Topics[0].Partitions[0];

        Assert.Equal(current, (await WithEpochAsync(-1, Latest)).LeaderEpoch);
        Assert.Equal(current, (await WithEpochAsync(current, Earliest)).LeaderEpoch);
        Assert.Equal(current, (await WithEpochAsync(current, 0)).LeaderEpoch);
        var unknown = await WithEpochAsync(current + 1, Latest);
        Assert.Equal((ErrorCode.UnknownLeaderEpoch, -1L), (unknown.ErrorCode, unknown.Offset));
    }

    [Fact]
    public async Task Without_the_right_to_describe_nothing_is_told()
    {
        using var broker = new DataBroker(allowsAll: false);
        var topic = broker.AddTopic("t");
        var handler = new ListOffsetsHandler(broker.Access);
        var request = Request(topic, new() { Timestamp = Latest });

        async Task<ErrorCode> ErrorAsync() =>
            (await handler.HandleAsync(request, broker.Context(ApiKey.ListOffsets), CancellationToken.None))!.Topics[0].Partitions[0].ErrorCode;

        Assert.Equal(ErrorCode.TopicAuthorizationFailed, await ErrorAsync());
        broker.Allow(ResourceType.Topic, "t", AclOperation.Read);
        Assert.Equal(ErrorCode.None, await ErrorAsync());
    }

    [Fact]
    public async Task A_damaged_log_answers_an_error_and_no_numbers()
    {
        var topic = _broker.AddTopic("t");
        File.WriteAllText(Path.Combine(_broker.Log(topic).Folder, "state"), "this is no state");

        Assert.Equal((ErrorCode.KafkaStorageError, -1L, -1L), await AskAsync(topic, Latest));
        Assert.Equal((ErrorCode.KafkaStorageError, -1L, -1L), await AskAsync(topic, 5));
    }

    private static byte[] Compressed(CompressionType compression, params long[] times)
    {
        var builder = new RecordBatchBuilder(times[0]) { Attributes = default(BatchAttributes).WithCompression((int)compression) };
        foreach (var time in times) builder.Add(time, key: null, [1, 2, 3]);
        var packed = new ArrayBufferWriter<byte>();
        Codec.Compress(compression, builder.Records, packed);
        return builder.Build(packed.WrittenSpan);
    }

    private static ListOffsetsRequest Request(Topic topic, ListOffsetsRequest.Partition asked) => new()
    {
        IsolationLevel = IsolationLevel.ReadUncommitted,
        Topics = [new() { Name = topic.Name, Partitions = [asked] }],
    };

    private async Task<ListOffsetsResponse> AskAsync(ListOffsetsRequest request, short version = DataBroker.Newest) =>
        (await new ListOffsetsHandler(_broker.Access).HandleAsync(
            request, _broker.Context(ApiKey.ListOffsets, version), CancellationToken.None))!;

    private async Task<(ErrorCode Error, long Offset, long Timestamp)> AskAsync(Topic topic, long timestamp, short version = DataBroker.Newest)
    {
        var answer = (await AskAsync(Request(topic, new() { Timestamp = timestamp }), version)).Topics[0].Partitions[0];
        return (answer.ErrorCode, answer.Offset, answer.Timestamp);
    }
}
