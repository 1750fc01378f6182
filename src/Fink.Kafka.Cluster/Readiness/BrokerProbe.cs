using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Readiness;

/// <param name="Problem">Why there is no answer, or what it lacks; null when all is well.</param>
/// <param name="Refused">It answered, but does not let this user in.</param>
internal sealed record BrokerAnswer(string? Problem, bool Refused);

/// <summary>Asks one broker what it knows of the cluster, as a client would.</summary>
internal sealed class BrokerProbe(ClientProperties login, TimeProvider time)
{
    /// <param name="expected">How many brokers it must know.</param>
    public async Task<BrokerAnswer> AskAsync(HostPort broker, int expected, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!await PortProbe.ListensAsync(broker, cancellationToken).ConfigureAwait(false))
        {
            return new BrokerAnswer($"nothing listens on {broker}", Refused: false);
        }

        // One client a question: it knows no other broker's address when it asks, so that no other can answer instead.
        using var admin = new KafkaAdmin(new KafkaConnection(broker.ToString(), login, timeout), time);
        try
        {
            var cluster = await admin.Cluster.DescribeAsync(cancellationToken).ConfigureAwait(false);
            var problem = cluster.Brokers.Count < expected ? $"{broker} knows {cluster.Brokers.Count} of {expected} brokers"
                : cluster.Controller is null ? $"{broker} knows no controller"
                : null;
            return new BrokerAnswer(problem, Refused: false);
        }
        catch (KafkaOperationException e)
        {
            return new BrokerAnswer(e.Message, e.Kind == FailureKind.AuthenticationFailed);
        }
    }
}
