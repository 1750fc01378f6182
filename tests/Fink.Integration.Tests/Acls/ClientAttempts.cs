using System.Text;
using Confluent.Kafka;
using Fink.Kafka;

namespace Fink.Integration.Tests.Acls;

/// <summary>What a client logged in as a user gets by trying. Anything but "yes" and "not authorized" is thrown.</summary>
internal sealed class ClientAttempts(KafkaConnection user)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<bool> WritesAsync(string topic)
    {
        using var producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig(user.ToClientConfig()))
            .SetErrorHandler((_, _) => { })
            .SetLogHandler((_, _) => { })
            .Build();
        try
        {
            await producer.ProduceAsync(topic, new() { Value = Encoding.UTF8.GetBytes("an alert") }).WaitAsync(Patience);
            return true;
        }
        catch (ProduceException<Null, byte[]> e) when (e.Error.Code == ErrorCode.TopicAuthorizationFailed)
        {
            return false;
        }
    }

    public bool Reads(string topic)
    {
        using var consumer = Consumer("unused", _ => { });
        if (!Sees(consumer, topic))
        {
            return false;
        }

        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        return Until(consumer, ErrorCode.TopicAuthorizationFailed, result => result is not null);
    }

    /// <param name="topic">Where nothing but the group's rights decides: this user may not need to read it.</param>
    public bool Joins(string group, string topic)
    {
        var hasJoined = false;
        using var consumer = Consumer(group, _ => hasJoined = true);
        consumer.Subscribe(topic);
        try
        {
            return Until(consumer, ErrorCode.GroupAuthorizationFailed, _ => hasJoined);
        }
        finally
        {
            consumer.Close();
        }
    }

    // A consumer that is assigned a topic which it may not see waits for ever, without a word.
    private static bool Sees(IConsumer<byte[], byte[]> consumer, string topic)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var error = admin.GetMetadata(topic, Patience).Topics.Single().Error;
        return error.Code switch
        {
            ErrorCode.NoError => true,
            ErrorCode.TopicAuthorizationFailed => false,
            _ => throw new KafkaException(error),
        };
    }

    private IConsumer<byte[], byte[]> Consumer(string group, Action<List<TopicPartition>> onAssigned) =>
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig(user.ToClientConfig())
        {
            GroupId = group,
            EnableAutoCommit = false,
        })
            .SetErrorHandler((_, _) => { })
            .SetLogHandler((_, _) => { })
            .SetPartitionsAssignedHandler((_, partitions) => onAssigned(partitions))
            .Build();

    private bool Until(
        IConsumer<byte[], byte[]> consumer, ErrorCode refusal, Func<ConsumeResult<byte[], byte[]>?, bool> isDone)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!patience.IsCancellationRequested)
        {
            try
            {
                if (isDone(consumer.Consume(TimeSpan.FromMilliseconds(100))))
                {
                    return true;
                }
            }
            catch (ConsumeException e) when (e.Error.Code == refusal)
            {
                return false;
            }
            catch (ConsumeException e) when (
                e.Error.Code is ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed)
            {
                // The other right: librdkafka looks a coordinator up even where no group is joined, and a group can be
                // joined without the topic.
                continue;
            }
        }

        throw new TimeoutException(
            $"{user.Properties.User}: no {refusal}, and not allowed either, after {Patience.TotalSeconds} s.");
    }
}
