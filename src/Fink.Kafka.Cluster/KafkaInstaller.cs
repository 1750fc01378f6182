namespace Fink.Kafka.Cluster;

/// <summary>What <see cref="KafkaInstaller.InstallAsync"/> is asked for.</summary>
public sealed record InstallOptions
{
    public const string DefaultVersion = "3.9.1";

    /// <summary>The last one with ZooKeeper by default.</summary>
    public string Version { get; init; } = DefaultVersion;

    /// <summary>A <c>kafka_*.tgz</c> of this machine, or its URL. Default: Apache's download host, then its archive.</summary>
    public string? From { get; init; }

    /// <summary>Base address that has <c>VERSION/kafka_2.13-VERSION.tgz</c> below it.</summary>
    public Uri? Mirror { get; init; }
}

/// <param name="TotalBytes">Null when the server does not say.</param>
public readonly record struct InstallProgress(string Step, long Bytes, long? TotalBytes);

/// <param name="AlreadyInstalled">It was there before, and nothing was done.</param>
public sealed record InstallOutcome(string KafkaHome, string Version, bool AlreadyInstalled);

/// <summary>Puts Apache Kafka where <see cref="LocalCluster"/> finds it: checked against the published SHA-512, and whole or not at all.</summary>
public sealed class KafkaInstaller(string installDir, HttpClient? http = null)
{
    /// <exception cref="ClusterException"/>
    public Task<InstallOutcome> InstallAsync(InstallOptions options, IProgress<InstallProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException($"{installDir} {http}");
}
