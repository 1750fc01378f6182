using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>Looks the topics up: the first answer of the cluster, which also tells a wrong password or a missing right.</summary>
/// <param name="poll">Lets the consumer's handlers be told; what it refuses is thrown.</param>
internal sealed class TopicLookup(
    IConsumer<byte[]?, byte[]?> consumer, AlertConsumerOptions options, ReadTrouble trouble, Action poll)
{
    private static readonly TimeSpan FirstTry = TimeSpan.FromMilliseconds(250);

    public List<TopicPartition> Partitions(CancellationToken cancellationToken)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        return [.. options.Topics.Distinct().SelectMany(t => Partitions(admin, t, cancellationToken))];
    }

    private List<TopicPartition> Partitions(IAdminClient admin, string topic, CancellationToken cancellationToken)
    {
        var left = options.Timeout;
        for (var wait = FirstTry; ; wait *= 2)
        {
            cancellationToken.ThrowIfCancellationRequested();
            wait = wait < left ? wait : left;
            try
            {
                var found = admin.GetMetadata(topic, wait).Topics.Single(t => t.Topic == topic);
                return found.Error.IsError
                    ? throw trouble.Explain(found.Error, inner: null, topic)
                    : [.. found.Partitions.Select(p => new TopicPartition(topic, p.PartitionId))];
            }
            catch (KafkaException e)
            {
                // The consumer's handlers are told the cause while it is polled.
                poll();
                trouble.ThrowIfHopeless();
                left -= wait;
                if (left <= TimeSpan.Zero)
                {
                    throw trouble.Explain(e.Error, e, topic);
                }

                cancellationToken.WaitHandle.WaitOne(FirstTry / 5);
            }
        }
    }
}
