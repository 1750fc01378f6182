using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Fink.KillLoop;

/// <summary>Makes topics, and deletes some of them again.</summary>
internal sealed class TopicLoad(IAdminClient admin, Ledger ledger, Random random)
{
    public const string Prefix = "made-";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken stopping)
    {
        for (var count = 0; !stopping.IsCancellationRequested; count++)
        {
            var name = $"{Prefix}{count}";
            if (await DoAsync(name, TopicState.Asked, TopicState.Created, () => admin.CreateTopicsAsync(
                [new TopicSpecification { Name = name, NumPartitions = 2, ReplicationFactor = 1 }],
                new CreateTopicsOptions { RequestTimeout = Timeout, OperationTimeout = Timeout }))
                && count % 3 != 0)
            {
                await DoAsync(name, TopicState.AskedToDelete, TopicState.Deleted, () => admin.DeleteTopicsAsync(
                    [name], new DeleteTopicsOptions { RequestTimeout = Timeout, OperationTimeout = Timeout }));
            }

            await Task.Delay(random.Next(100), CancellationToken.None);
        }
    }

    private async Task<bool> DoAsync(string name, TopicState before, TopicState after, Func<Task> ask)
    {
        ledger.Topic(name, before);
        try
        {
            await ask();
            ledger.Topic(name, after);
            return true;
        }
        catch (KafkaException)
        {
            return false; // Nobody knows.
        }
    }
}
