using System.Globalization;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Metadata.Topics;

/// <summary>Which replicas there can be on a single node: one of each partition, on this broker.</summary>
/// <param name="MayBeFewer">Who asks for more replicas than there are brokers gets one, instead of an error.</param>
internal sealed record Replicas(int NodeId, bool MayBeFewer)
{
    /// <summary>What is wrong with a number of replicas; null where nothing is.</summary>
    public Refusal? RefuseCount(int replicas) => replicas == 1 || (MayBeFewer && replicas > 1)
        ? null
        : new Refusal(ErrorCode.InvalidReplicationFactor, replicas < 1
            ? "The replication factor must be larger than 0, or -1 for the default."
            : $"The replication factor {replicas} is more than the 1 broker there is.");

    /// <summary>What is wrong with the brokers that somebody chose for a partition; null where nothing is.</summary>
    public Refusal? RefuseBrokers(IReadOnlyList<int> brokers)
    {
        if (brokers.Count == 0) return Wrong("The assignment of a partition has no broker.");

        foreach (var broker in brokers)
        {
            if (broker != NodeId)
            {
                return Wrong(string.Create(CultureInfo.InvariantCulture, $"The assignment names broker {broker}, which does not exist."));
            }
        }

        return brokers.Count == 1
            ? null
            : Wrong(string.Create(CultureInfo.InvariantCulture, $"The assignment names broker {NodeId} more than once."));
    }

    public static Refusal Wrong(string message) => new(ErrorCode.InvalidReplicaAssignment, message);
}
