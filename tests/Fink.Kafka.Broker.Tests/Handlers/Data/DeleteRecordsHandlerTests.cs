using Fink.Kafka.Broker.Handlers;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Handlers.Data;

public sealed class DeleteRecordsHandlerTests : IDisposable
{
    private readonly DataBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task The_log_start_moves_forward_and_never_back()
    {
        var topic = await FilledAsync();

        Assert.Equal((ErrorCode.None, 4L), await DeleteAsync(_broker, topic, 4));
        Assert.Equal((ErrorCode.None, 4L), await DeleteAsync(_broker, topic, 2));
        Assert.Equal((ErrorCode.None, 10L), await DeleteAsync(_broker, topic, -1));
        Assert.Equal(10, _broker.Log(topic).LogStartOffset);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(-2)]
    public async Task Where_there_is_no_record_is_out_of_range(long offset)
    {
        Assert.Equal((ErrorCode.OffsetOutOfRange, -1L), await DeleteAsync(_broker, await FilledAsync(), offset));
    }

    [Fact]
    public async Task It_survives_a_crash()
    {
        var topic = await FilledAsync();
        await DeleteAsync(_broker, topic, 7);

        var again = new PartitionLog(LocalDisk.Instance, _broker.Log(topic).Folder, LogConfig.Default, new LogSettings(_broker.Time));

        Assert.Equal((7, 10), (again.LogStartOffset, again.EndOffset));
        again.Abandon();
    }

    [Fact]
    public async Task A_topic_that_only_compacts_keeps_its_records()
    {
        var topic = _broker.AddTopic("compacted", config: LogConfig.Default with { IsCompacted = true, DeletesOldSegments = false });

        Assert.Equal((ErrorCode.PolicyViolation, -1L), await DeleteAsync(_broker, topic, 0));
    }

    [Fact]
    public async Task The_right_to_delete_is_asked_for()
    {
        using var broker = new DataBroker(allowsAll: false);
        var topic = broker.AddTopic("t");

        Assert.Equal((ErrorCode.TopicAuthorizationFailed, -1L), await DeleteAsync(broker, topic, 0));
        broker.Allow(ResourceType.Topic, "t", AclOperation.Delete);
        Assert.Equal((ErrorCode.None, 0L), await DeleteAsync(broker, topic, 0));
        Assert.Equal((ErrorCode.UnknownTopicOrPartition, -1L), await DeleteAsync(broker, topic, 0, partition: 1));
    }

    private async Task<Topic> FilledAsync()
    {
        var topic = _broker.AddTopic("t");
        for (var i = 0; i < 5; i++) await _broker.ProduceAsync(topic, DataBroker.Batch("a", "b"));
        return topic;
    }

    private static async Task<(ErrorCode Error, long LowWatermark)> DeleteAsync(DataBroker broker, Topic topic, long offset, int partition = 0)
    {
        var request = new DeleteRecordsRequest
        {
            Topics = [new() { Name = topic.Name, Partitions = [new() { PartitionIndex = partition, Offset = offset }] }],
        };
        var answer = await new DeleteRecordsHandler(broker.Access).HandleAsync(
            request, broker.Context(ApiKey.DeleteRecords), CancellationToken.None);
        var answered = answer!.Topics[0].Partitions[0];
        return (answered.ErrorCode, answered.LowWatermark);
    }
}
