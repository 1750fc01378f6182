using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Broker.Tests.Listeners;
using Fink.Kafka.Broker.Tests.Storage.Disks;

namespace Fink.Kafka.Broker.Tests.Clients;

/// <summary>What applications do with data, by the client that most of ours use.</summary>
public sealed class LibrdkafkaTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly DateTime Noon = new(2024, 5, 6, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Snappy)]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public async Task What_is_produced_is_consumed_whatever_its_compression(CompressionType compression)
    {
        await using var broker = await TestBroker.StartAsync();
        await CreateAsync(broker.Broker.BootstrapServers, "t", partitions: 3);

        await ProduceAsync(broker.Broker.BootstrapServers, "t", 300, config => config.CompressionType = compression);

        var consumed = Consume(broker.Broker.BootstrapServers, "t", 300);
        Assert.Equal(Enumerable.Range(0, 300), consumed.Select(Number).Order());
        Assert.All(consumed, result => Assert.Equal($"{result.Message.Key}", Encoding.UTF8.GetString(result.Message.Headers.GetLastBytes("key"))));
        foreach (var partition in consumed.GroupBy(result => result.Partition))
        {
            Assert.Equal(Enumerable.Range(0, partition.Count()).Select(offset => (long)offset), partition.Select(result => result.Offset.Value));
        }
    }

    [Fact]
    public async Task An_idempotent_producer_goes_on_after_a_restart_of_the_broker()
    {
        using var folder = new TemporaryFolder();
        var broker = await EmbeddedBroker.StartAsync(TestBroker.Options(folder.Path), Cancelled);
        var address = broker.BootstrapServers;
        var port = broker.Endpoints[0].Port;
        await CreateAsync(address, "t", partitions: 1);
        using (var producer = new ProducerBuilder<string, string>(Idempotent(address)).Build())
        {
            for (var i = 0; i < 50; i++) await producer.ProduceAsync("t", Message(i), Cancelled);
            await broker.StopAsync(Cancelled);
            var under = Enumerable.Range(50, 50).Select(i => producer.ProduceAsync("t", Message(i), Cancelled)).ToList();
            broker = await EmbeddedBroker.StartAsync(
                TestBroker.Options(folder.Path, ("listeners", $"PLAINTEXT://127.0.0.1:{port}")), Cancelled);
            await Task.WhenAll(under).WaitAsync(Limit, Cancelled);
            for (var i = 100; i < 150; i++) await producer.ProduceAsync("t", Message(i), Cancelled);
        }

        Assert.Equal(Enumerable.Range(0, 150), Consume(address, "t", 150).Select(Number));
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task Without_acknowledgements_everything_arrives_all_the_same()
    {
        await using var broker = await TestBroker.StartAsync();
        await CreateAsync(broker.Broker.BootstrapServers, "t", partitions: 1);

        await ProduceAsync(broker.Broker.BootstrapServers, "t", 100, config => config.Acks = Acks.None);

        Assert.Equal(Enumerable.Range(0, 100), Consume(broker.Broker.BootstrapServers, "t", 100).Select(Number));
    }

    [Fact]
    public async Task A_message_that_is_too_large_for_the_topic_is_refused_and_the_next_one_is_not()
    {
        await using var broker = await TestBroker.StartAsync();
        await CreateAsync(broker.Broker.BootstrapServers, "t", partitions: 1, ("max.message.bytes", "2000"));
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = broker.Broker.BootstrapServers }).Build();

        var refused = await Assert.ThrowsAsync<ProduceException<string, string>>(
            () => producer.ProduceAsync("t", new Message<string, string> { Value = new string('x', 3000) }, Cancelled));
        var taken = await producer.ProduceAsync("t", Message(0), Cancelled);

        Assert.Equal(ErrorCode.MsgSizeTooLarge, refused.Error.Code);
        Assert.Equal(0, taken.Offset.Value);
    }

    [Fact]
    public async Task Offsets_are_found_by_time_and_the_log_start_moves()
    {
        await using var broker = await TestBroker.StartAsync();
        var address = broker.Broker.BootstrapServers;
        await CreateAsync(address, "t", partitions: 1);
        await ProduceAsync(address, "t", 100, config => config.CompressionType = CompressionType.Lz4);
        using var consumer = Consumer(address);
        var partition = new TopicPartition("t", 0);

        long At(int second) => consumer.OffsetsForTimes(
            [new TopicPartitionTimestamp(partition, new Timestamp(Noon.AddSeconds(second)))], Limit).Single().Offset.Value;
        Assert.Equal([0L, 42L, 99L, Offset.End.Value], new[] { At(-5), At(42), At(99), At(100) });
        Assert.Equal((0L, 100L), Watermarks(consumer, partition));

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = address }).Build();
        var deleted = await admin.DeleteRecordsAsync([new TopicPartitionOffset(partition, 30)]);
        Assert.Equal(30, deleted.Single().Offset.Value);
        Assert.Equal((30L, 100L), Watermarks(consumer, partition));
        Assert.Equal(30, Consume(address, "t", 70)[0].Offset.Value);
    }

    [Fact]
    public async Task A_topic_can_stamp_its_records_itself()
    {
        await using var broker = await TestBroker.StartAsync();
        await CreateAsync(broker.Broker.BootstrapServers, "t", partitions: 1, ("message.timestamp.type", "LogAppendTime"));
        var before = DateTime.UnixEpoch.AddMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

        await ProduceAsync(broker.Broker.BootstrapServers, "t", 10, config => config.CompressionType = CompressionType.Zstd);

        Assert.All(Consume(broker.Broker.BootstrapServers, "t", 10), result =>
        {
            Assert.Equal(TimestampType.LogAppendTime, result.Message.Timestamp.Type);
            Assert.True(result.Message.Timestamp.UtcDateTime >= before);
        });
    }

    [Fact]
    public async Task A_transactional_producer_is_told_that_it_cannot_be_one()
    {
        await using var broker = await TestBroker.StartAsync();
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = broker.Broker.BootstrapServers,
            TransactionalId = "tx",
        }).SetLogHandler((_, _) => { }).Build();

        var refused = Assert.Throws<KafkaException>(() => producer.InitTransactions(TimeSpan.FromSeconds(3)));

        Assert.True(refused.Error.IsFatal);
        Assert.Contains("transactions", refused.Error.Reason, StringComparison.OrdinalIgnoreCase);
    }

    private static ProducerConfig Idempotent(string address) => new()
    {
        BootstrapServers = address,
        EnableIdempotence = true,
        ReconnectBackoffMaxMs = 200,
        LingerMs = 0,
    };

    private static Message<string, string> Message(int number)
    {
        var key = number.ToString(CultureInfo.InvariantCulture);
        return new Message<string, string>
        {
            Key = key,
            Value = new string('x', number) + key,
            Headers = [new Header("key", Encoding.UTF8.GetBytes(key))],
            Timestamp = new Timestamp(Noon.AddSeconds(number)),
        };
    }

    private static int Number(ConsumeResult<string, string> result) => int.Parse(result.Message.Key, CultureInfo.InvariantCulture);

    private static async Task CreateAsync(string address, string topic, int partitions, params (string Name, string Value)[] configs)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = address }).Build();
        await admin.CreateTopicsAsync(
        [
            new TopicSpecification
            {
                Name = topic, NumPartitions = partitions, ReplicationFactor = 1, Configs = configs.ToDictionary(config => config.Name, config => config.Value),
            },
        ]);
    }

    private static async Task ProduceAsync(string address, string topic, int count, Action<ProducerConfig> configure)
    {
        var config = new ProducerConfig { BootstrapServers = address, LingerMs = 20 };
        configure(config);
        using var producer = new ProducerBuilder<string, string>(config).Build();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => producer.ProduceAsync(topic, Message(i), Cancelled))).WaitAsync(Limit, Cancelled);
    }

    private static IConsumer<string, string> Consumer(string address) => new ConsumerBuilder<string, string>(new ConsumerConfig
    {
        BootstrapServers = address,
        GroupId = "g",
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnableAutoCommit = false,
        CheckCrcs = true,
    }).Build();

    private static (long Low, long High) Watermarks(IConsumer<string, string> consumer, TopicPartition partition)
    {
        var offsets = consumer.QueryWatermarkOffsets(partition, Limit);
        return (offsets.Low.Value, offsets.High.Value);
    }

    /// <summary>From the beginning of each partition.</summary>
    private static List<ConsumeResult<string, string>> Consume(string address, string topic, int count)
    {
        using var consumer = Consumer(address);
        consumer.Subscribe(topic);
        List<ConsumeResult<string, string>> results = [];
        while (results.Count < count && consumer.Consume(Limit) is { } result) results.Add(result);
        consumer.Close();
        return results;
    }
}
