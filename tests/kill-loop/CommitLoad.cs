using Confluent.Kafka;

namespace Fink.KillLoop;

/// <summary>Commits a group's offsets, ever higher ones: by itself, or as a member of a group that reads what it commits.</summary>
internal sealed class CommitLoad(string bootstrapServers, string group, string topic, int partitions, bool asMember, Ledger ledger)
{
    private readonly Dictionary<int, long> _highest = [];

    /// <summary>Blocks until it is told to stop.</summary>
    public void Run(CancellationToken stopping)
    {
        using var consumer = Build(bootstrapServers, group);
        if (asMember) consumer.Subscribe(topic);
        for (var count = 1L; !stopping.IsCancellationRequested; count++)
        {
            var offset = asMember ? Read(consumer) : new TopicPartitionOffset(topic, (int)(count % partitions), count);
            // A member that begins again where it was before commits nothing lower.
            if (offset is null || offset.Offset.Value <= _highest.GetValueOrDefault(offset.Partition, -1)) continue;

            Commit(consumer, offset);
        }
    }

    public static IConsumer<string, byte[]> Build(string bootstrapServers, string group) =>
        new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = group,
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            SessionTimeoutMs = 10_000,
            ReconnectBackoffMs = 20,
            ReconnectBackoffMaxMs = 200,
            SocketTimeoutMs = 10_000,
        })
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build();

    private TopicPartitionOffset? Read(IConsumer<string, byte[]> consumer)
    {
        try
        {
            return consumer.Consume(TimeSpan.FromMilliseconds(100)) is { } record
                ? new TopicPartitionOffset(record.TopicPartition, record.Offset + 1)
                : null;
        }
        catch (ConsumeException e)
        {
            if (e.Error.Code is ErrorCode.OffsetOutOfRange or ErrorCode.Local_LogTruncation) ledger.Violated($"{group}: {e.Error.Reason}");
            return null;
        }
    }

    private void Commit(IConsumer<string, byte[]> consumer, TopicPartitionOffset offset)
    {
        ledger.CommitAsked(group, offset.Partition, offset.Offset);
        try
        {
            consumer.Commit([offset]);
            _highest[offset.Partition] = offset.Offset;
            ledger.CommitAcknowledged(group, offset.Partition, offset.Offset);
        }
        catch (KafkaException)
        {
            // Asked for, and not acknowledged: nobody knows.
        }
    }
}
