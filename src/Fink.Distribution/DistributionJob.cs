namespace Fink.Distribution;

/// <summary>The main job: the science database's alerts, as Avro, into the topics whose rule they match.</summary>
public sealed class DistributionJob
{
    /// <summary>
    /// Works off the backlog of the job: at least once, in the order of the files, its progress kept in Kafka. It is called
    /// off at a slice's border where that takes less than ten seconds, and then returns what it did.
    /// </summary>
    /// <param name="options">What to distribute.</param>
    /// <param name="client">Settings of librdkafka that reach and log in to the cluster, <c>bootstrap.servers</c> among them.</param>
    /// <param name="progress">Told after each batch of rows; null for nobody.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Calls the run off.</param>
    /// <returns>What was done, also when failures or an error ended it; see <see cref="DistributionSummary.Succeeded"/>.</returns>
    /// <exception cref="Configuration.ConfigurationException">A rule or column does not fit the source; nothing was sent.</exception>
    /// <exception cref="ScienceDb.ScienceDbException">The source cannot be listed, or a rule does not bind; nothing was sent.</exception>
    public static Task<DistributionSummary> RunAsync(
        DistributionOptions options,
        IReadOnlyDictionary<string, string> client,
        IProgress<DistributionProgress>? progress,
        TimeProvider time,
        CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Evaluates the rules over the whole source and counts, without Kafka: nothing is sent, nothing moves.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static Task<DistributionSummary> DryRunAsync(
        DistributionOptions options,
        IProgress<DistributionProgress>? progress,
        TimeProvider time,
        CancellationToken cancellationToken) => throw new NotImplementedException();
}
