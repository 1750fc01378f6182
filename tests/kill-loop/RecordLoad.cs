using Confluent.Kafka;

namespace Fink.KillLoop;

/// <summary>
/// An idempotent producer that outlives the broker's deaths: whatever was under way is sent again to the next life, which has to know
/// what it already has.
/// </summary>
internal sealed class RecordLoad : IDisposable
{
    private const int LongestRecord = 2000;
    private const int UnderWay = 400;

    private readonly int _number;
    private readonly Ledger _ledger;
    private readonly IProducer<string, byte[]> _producer;
    private readonly SemaphoreSlim _room = new(UnderWay);
    private readonly Random _random;

    public RecordLoad(string bootstrapServers, int number, CompressionType compression, int seed, Ledger ledger)
    {
        (_number, _ledger, _random) = (number, ledger, new Random(seed));
        var config = new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            EnableIdempotence = true,
            CompressionType = compression,
            LingerMs = number,
            MessageTimeoutMs = 300_000,
            ReconnectBackoffMs = 20,
            ReconnectBackoffMaxMs = 200,
            RetryBackoffMs = 20,
            RetryBackoffMaxMs = 200,
            // By default it forgets its only broker with each death and looks for one once a second: most lives are shorter, and saw no record.
            MetadataRecoveryStrategy = MetadataRecoveryStrategy.None,
        };
        _producer = new ProducerBuilder<string, byte[]>(config)
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) =>
            {
                if (error.IsFatal) ledger.Violated($"producer {number} cannot go on: {error.Reason}");
            })
            .Build();
    }

    public async Task RunAsync(string topic, int partitions, CancellationToken stopping)
    {
        for (var count = 0; !stopping.IsCancellationRequested; count++)
        {
            var sent = new Sent(_number, count % partitions, count / partitions);
            var value = new byte[_random.Next(LongestRecord)];
            await _room.WaitAsync(CancellationToken.None);
            try
            {
                _producer.Produce(
                    new TopicPartition(topic, sent.Partition),
                    new Message<string, byte[]> { Key = sent.ToString(), Value = value },
                    report => Delivered(sent, report));
            }
            catch (ProduceException<string, byte[]> e)
            {
                _ledger.Violated($"{sent} could not be sent: {e.Error.Reason}");
                return;
            }

            if (count % 20 == 0) await Task.Delay(_random.Next(20), CancellationToken.None);
        }
    }

    /// <summary>Waits for every answer.</summary>
    public void Flush() => _producer.Flush(TimeSpan.FromMinutes(2));

    public void Dispose()
    {
        _producer.Dispose();
        _room.Dispose();
    }

    private void Delivered(Sent sent, DeliveryReport<string, byte[]> report)
    {
        _room.Release();
        if (report.Error.IsError)
        {
            _ledger.Failed(sent, report.Error.Reason);
        }
        else
        {
            _ledger.Acknowledged(sent, report.Partition, report.Offset);
        }
    }
}
