using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Handlers.Data;

using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using ResourceType = Fink.Kafka.Protocol.Values.ResourceType;

public sealed class ProduceHandlerTests : IDisposable
{
    private readonly DataBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Batches_get_offsets_one_after_the_other()
    {
        var topic = _broker.AddTopic("t");

        var first = await _broker.ProduceAsync(topic, DataBroker.Batch("a", "b"));
        var second = await _broker.ProduceAsync(topic, DataBroker.Batch("c"));

        Assert.Equal((ErrorCode.None, 0, -1, 0), (first.ErrorCode, first.BaseOffset, first.LogAppendTimeMs, first.LogStartOffset));
        Assert.Equal(2, second.BaseOffset);
        Assert.Equal(3, _broker.Log(topic).HighWatermark);
    }

    [Fact]
    public async Task Each_partition_answers_for_itself_in_the_order_of_the_request()
    {
        var topic = _broker.AddTopic("t", partitions: 2);
        var request = DataBroker.Request(topic, DataBroker.Batch("a"), DataBroker.Batch("b"), DataBroker.Batch("no such partition"));
        Array.Reverse(request.TopicData[0].PartitionData);

        var answers = (await _broker.ProduceAsync(request))!.Responses[0].PartitionResponses;

        Assert.Equal([2, 1, 0], answers.Select(answer => answer.Index));
        Assert.Equal(
            [ErrorCode.UnknownTopicOrPartition, ErrorCode.None, ErrorCode.None], answers.Select(answer => answer.ErrorCode));
        Assert.Equal(-1, answers[0].BaseOffset);
    }

    [Fact]
    public async Task With_acks_0_there_is_no_answer_and_an_error_ends_the_connection()
    {
        var topic = _broker.AddTopic("t");
        var request = DataBroker.Request(topic, DataBroker.Batch("a"));
        request.Acks = 0;

        Assert.Null(await _broker.ProduceAsync(request));
        Assert.False(_broker.IsClosing);
        Assert.Equal(1, _broker.Log(topic).HighWatermark);

        request.TopicData[0].Name = "unknown";
        Assert.Null(await _broker.ProduceAsync(request));
        Assert.True(_broker.IsClosing);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task Acks_that_Kafka_does_not_know_are_refused(short acks)
    {
        var topic = _broker.AddTopic("t");
        var request = DataBroker.Request(topic, DataBroker.Batch("a"));
        request.Acks = acks;

        Assert.Equal(ErrorCode.InvalidRequiredAcks, (await _broker.ProduceAsync(request))!.Responses[0].PartitionResponses[0].ErrorCode);
        Assert.Equal(0, _broker.Log(topic).HighWatermark);
    }

    [Fact]
    public async Task Records_that_are_not_exactly_one_batch_are_refused()
    {
        var topic = _broker.AddTopic("t");
        var batch = DataBroker.Batch("a");
        byte[] oldFormat = [.. batch];
        oldFormat[16] = 1;

        foreach (var records in new[] { null, [], batch[..^1], [.. batch, .. batch], [.. batch, 0], oldFormat })
        {
            var answer = await _broker.ProduceAsync(topic, records);
            Assert.Equal((ErrorCode.InvalidRecord, -1), (answer.ErrorCode, answer.BaseOffset));
            Assert.NotNull(answer.ErrorMessage);
        }

        Assert.Equal(0, _broker.Log(topic).HighWatermark);
    }

    [Fact]
    public async Task A_damaged_batch_is_refused()
    {
        var topic = _broker.AddTopic("t");
        var batch = DataBroker.Batch("a");
        batch[^1] ^= 1;

        Assert.Equal(ErrorCode.CorruptMessage, (await _broker.ProduceAsync(topic, batch)).ErrorCode);
    }

    [Fact]
    public async Task Zstd_is_for_those_who_know_it()
    {
        var topic = _broker.AddTopic("t");
        var builder = new RecordBatchBuilder(1) { Attributes = default(BatchAttributes).WithCompression(4) };
        builder.Add(1, null, [1]);
        var packed = new System.Buffers.ArrayBufferWriter<byte>();
        Codec.Compress(CompressionType.Zstd, builder.Records, packed);
        var batch = builder.Build(packed.WrittenSpan);

        Assert.Equal(ErrorCode.UnsupportedCompressionType, (await _broker.ProduceAsync(topic, batch, version: 6)).ErrorCode);
        Assert.Equal(ErrorCode.None, (await _broker.ProduceAsync(topic, batch, version: 7)).ErrorCode);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_is_refused()
    {
        var topic = _broker.AddTopic("t", config: LogConfig.Default with { MaxMessageBytes = 100 });

        Assert.Equal(ErrorCode.MessageTooLarge, (await _broker.ProduceAsync(topic, DataBroker.Batch(new string('x', 100)))).ErrorCode);
        Assert.Equal(ErrorCode.None, (await _broker.ProduceAsync(topic, DataBroker.Batch("x"))).ErrorCode);
    }

    [Fact]
    public async Task Records_that_a_compacted_topic_cannot_keep_are_named_one_by_one()
    {
        var topic = _broker.AddTopic("t", config: LogConfig.Default with { IsCompacted = true });

        var answer = await _broker.ProduceAsync(topic, DataBroker.Batch("no key", "none either"));

        Assert.Equal(ErrorCode.InvalidRecord, answer.ErrorCode);
        Assert.Equal([0, 1], answer.RecordErrors.Select(error => error.BatchIndex));
        Assert.All(answer.RecordErrors, error => Assert.NotEmpty(error.BatchIndexErrorMessage!));
    }

    [Fact]
    public async Task A_topic_that_stamps_its_records_says_the_time()
    {
        var topic = _broker.AddTopic("t", config: LogConfig.Default with { UsesLogAppendTime = true });
        _broker.Time.Advance(TimeSpan.FromSeconds(7));

        var answer = await _broker.ProduceAsync(topic, DataBroker.BatchAt(5, "a"));

        Assert.Equal(_broker.Time.GetUtcNow().ToUnixTimeMilliseconds(), answer.LogAppendTimeMs);
        using var slice = _broker.Log(topic).Read(0, 1000, atLeastOneBatch: true, IsolationLevel.ReadUncommitted);
        Assert.True(RecordBatch.TryRead(slice.ToArray(), out var stored));
        Assert.True(stored.Attributes.HasLogAppendTime && stored.HasSoundCrc);
        Assert.Equal(answer.LogAppendTimeMs, stored.MaxTimestamp);
    }

    [Fact]
    public async Task A_batch_sent_twice_is_kept_once_and_answers_the_same_offset()
    {
        var topic = _broker.AddTopic("t");
        await _broker.ProduceAsync(topic, DataBroker.Batch("other"));

        var first = await _broker.ProduceAsync(topic, Idempotent(sequence: 0));
        var again = await _broker.ProduceAsync(topic, Idempotent(sequence: 0));
        var gap = await _broker.ProduceAsync(topic, Idempotent(sequence: 7));

        Assert.Equal((ErrorCode.None, 1), (first.ErrorCode, first.BaseOffset));
        Assert.Equal((ErrorCode.None, 1), (again.ErrorCode, again.BaseOffset));
        Assert.Equal(ErrorCode.OutOfOrderSequenceNumber, gap.ErrorCode);
        Assert.Equal(2, _broker.Log(topic).HighWatermark);
    }

    [Fact]
    public async Task Without_the_right_to_write_only_the_topic_is_refused()
    {
        using var broker = new DataBroker(allowsAll: false);
        var (ours, others) = (broker.AddTopic("ours"), broker.AddTopic("others"));
        broker.Allow(ResourceType.Topic, "ours", AclOperation.Write);
        var request = DataBroker.Request(ours, DataBroker.Batch("a"));
        request.TopicData =
        [
            DataBroker.Request(others, DataBroker.Batch("a")).TopicData[0],
            request.TopicData[0],
            request.TopicData[0] with { Name = "not there" },
        ];

        var answers = (await broker.ProduceAsync(request))!.Responses;

        Assert.Equal(
            [ErrorCode.TopicAuthorizationFailed, ErrorCode.None, ErrorCode.TopicAuthorizationFailed],
            answers.Select(topic => topic.PartitionResponses[0].ErrorCode));
    }

    [Fact]
    public async Task A_transactional_batch_is_refused_and_with_it_the_request()
    {
        using var broker = new DataBroker(allowsAll: false);
        var topic = broker.AddTopic("t", partitions: 2);
        broker.Allow(ResourceType.Topic, "t", AclOperation.Write);
        var transactional = new RecordBatchBuilder(1)
        {
            Attributes = default(BatchAttributes).AsTransactional(),
            ProducerId = 1,
            ProducerEpoch = 0,
            BaseSequence = 0,
        }.Add(1, null, [1]).Build();
        var request = DataBroker.Request(topic, DataBroker.Batch("a"), transactional);
        request.TransactionalId = "tx";

        Assert.All(
            (await broker.ProduceAsync(request))!.Responses[0].PartitionResponses,
            answer => Assert.Equal(ErrorCode.TransactionalIdAuthorizationFailed, answer.ErrorCode));

        broker.Allow(ResourceType.TransactionalId, "tx", AclOperation.Write);
        Assert.All(
            (await broker.ProduceAsync(request))!.Responses[0].PartitionResponses,
            answer => Assert.Equal(ErrorCode.InvalidTxnState, answer.ErrorCode));
        Assert.Equal(0, broker.Log(topic).HighWatermark);
    }

    [Fact]
    public async Task Flushed_partitions_of_a_request_are_all_answered()
    {
        using var broker = new DataBroker { FlushPolicy = FlushPolicy.Always };
        var topic = broker.AddTopic("t", partitions: 5);
        var batches = Enumerable.Range(0, 5).Select(i => DataBroker.Batch($"{i}")).ToArray();

        for (var round = 0; round < 3; round++)
        {
            var answers = (await broker.ProduceAsync(DataBroker.Request(topic, batches)))!.Responses[0].PartitionResponses;
            Assert.All(answers, answer => Assert.Equal((ErrorCode.None, round), (answer.ErrorCode, (int)answer.BaseOffset)));
        }
    }

    private static byte[] Idempotent(int sequence) =>
        new RecordBatchBuilder(1) { ProducerId = 9, ProducerEpoch = 0, BaseSequence = sequence }.Add(1, null, [1]).Build();
}
