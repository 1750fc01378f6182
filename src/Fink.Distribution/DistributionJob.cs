using Fink.Distribution.Distributing;
using Fink.Kafka;

namespace Fink.Distribution;

/// <summary>The main job: the science database's alerts, as Avro, into the topics whose rule they match.</summary>
public static class DistributionJob
{
    /// <summary>
    /// Works off the backlog of the job: at least once, in the order of the files, its progress kept in Kafka. It is called
    /// off at a slice's border where that takes less than ten seconds, and then returns what it did.
    /// </summary>
    /// <param name="options">What to distribute.</param>
    /// <param name="connection">The cluster, and as whom.</param>
    /// <param name="progress">Told after each batch of rows; null for nobody.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Calls the run off.</param>
    /// <returns>What was done, also when failures or an error ended it; see <see cref="DistributionSummary.Succeeded"/>.</returns>
    /// <exception cref="Configuration.ConfigurationException">A rule or column does not fit the source; nothing was sent.</exception>
    /// <exception cref="ScienceDb.ScienceDbException">The source cannot be listed, or a rule does not bind; nothing was sent.</exception>
    /// <exception cref="KafkaOperationException">The cluster cannot be reached or refuses; nothing was sent.</exception>
    public static Task<DistributionSummary> RunAsync(
        DistributionOptions options,
        KafkaConnection connection,
        IProgress<DistributionProgress>? progress,
        TimeProvider time,
        CancellationToken cancellationToken) =>
        new DistributionRun(options, connection, progress, time).RunAsync(cancellationToken);

    /// <summary>Evaluates the rules over the whole source and counts, without Kafka: nothing is sent, nothing moves.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static Task<DistributionSummary> DryRunAsync(
        DistributionOptions options,
        IProgress<DistributionProgress>? progress,
        CancellationToken cancellationToken) =>
        Task.Run(() => new DryRun(options, progress).Run(cancellationToken), CancellationToken.None);
}
