using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Fink.Fuzz;

/// <summary>Works as ever while others send nonsense: what it produced comes back, all of it, once, in order.</summary>
public sealed class GoodClient : IDisposable
{
    public const string Topic = "good";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly IAdminClient _admin;
    private readonly IProducer<Null, string> _producer;
    private readonly IConsumer<Ignore, string> _consumer;

    /// <param name="client">How it connects, and as whom.</param>
    public GoodClient(ClientConfig client)
    {
        _admin = new AdminClientBuilder(client).Build();
        _producer = new ProducerBuilder<Null, string>(
            new ProducerConfig(Copy(client)) { EnableIdempotence = true, LingerMs = 0 }).Build();
        _consumer = new ConsumerBuilder<Ignore, string>(
            new ConsumerConfig(Copy(client)) { GroupId = "good", AutoOffsetReset = AutoOffsetReset.Earliest }).Build();
    }

    /// <summary>Messages that came back.</summary>
    public int Done { get; private set; }

    public async Task PrepareAsync()
    {
        await _admin.CreateTopicsAsync([new TopicSpecification { Name = Topic, NumPartitions = 1, ReplicationFactor = 1 }]);
        _consumer.Subscribe(Topic);
    }

    /// <summary>A message there and back.</summary>
    /// <exception cref="InvalidOperationException">It did not come back, or another one did.</exception>
    public async Task WorkAsync()
    {
        var text = Done.ToString(CultureInfo.InvariantCulture);
        await _producer.ProduceAsync(Topic, new Message<Null, string> { Value = text }).WaitAsync(Limit);
        var back = await Task.Run(() => _consumer.Consume(Limit));
        if (back?.Message.Value != text) throw new InvalidOperationException($"{text} was produced, {back?.Message.Value ?? "nothing"} came back");
        Done++;
    }

    /// <summary>Deletes what the nonsense has made, so that memory can be compared.</summary>
    public async Task CleanUpAsync()
    {
        var topics = _admin.GetMetadata(Limit).Topics.ConvertAll(topic => topic.Topic);
        topics.Remove(Topic);
        if (topics.Count > 0) await _admin.DeleteTopicsAsync(topics, new DeleteTopicsOptions { OperationTimeout = Limit });
    }

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
        _producer.Dispose();
        _admin.Dispose();
    }

    // A configuration that is made from another one shares its properties.
    private static ClientConfig Copy(ClientConfig client) => new(client.ToDictionary(property => property.Key, property => property.Value));
}
