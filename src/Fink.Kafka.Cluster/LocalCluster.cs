namespace Fink.Kafka.Cluster;

/// <summary>The Kafka cluster of one data folder on this machine: its processes, ports, properties and first users.</summary>
public sealed class LocalCluster
{
    private readonly ClusterLayout _layout;
    private readonly Func<string, string?> _environment;
    private readonly TimeProvider _time;

    /// <param name="environment">Reads a variable (KAFKA_HOME, JAVA_HOME, KAFKA_HEAP_OPTS, …); the process's own by default.</param>
    public LocalCluster(string dataDir, Func<string, string?>? environment = null, TimeProvider? time = null)
    {
        _layout = new ClusterLayout(dataDir);
        _environment = environment ?? Environment.GetEnvironmentVariable;
        _time = time ?? TimeProvider.System;
    }

    public ClusterLayout Layout => _layout;

    /// <summary>What the data folder says, without contacting a broker; null when no cluster was ever started there.</summary>
    /// <exception cref="ClusterException"/>
    public ClusterDescription? Describe() => throw new NotImplementedException();

    /// <summary>Starts it and returns when every broker answers; on any failure the processes that it started are stopped again.</summary>
    /// <exception cref="ClusterException"/>
    public Task<StartOutcome> StartAsync(ClusterOptions options, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Asks the brokers, then ZooKeeper, to end; waits; kills. Touches only processes that <see cref="StartAsync"/> started.</summary>
    /// <exception cref="ClusterException"/>
    public Task<StopOutcome> StopAsync(TimeSpan? grace = null, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <exception cref="ClusterException"/>
    public Task<ClusterStatus> StatusAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
