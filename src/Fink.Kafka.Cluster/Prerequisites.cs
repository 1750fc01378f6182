using Fink.Kafka.Cluster.Homes;
using Fink.Kafka.Cluster.Processes;

namespace Fink.Kafka.Cluster;

/// <summary>What a start would need of this machine, asked one by one. Each throws what the start would say.</summary>
public static class Prerequisites
{
    public static HostPort DefaultListen { get; } = new("127.0.0.1", 9093);

    /// <exception cref="ClusterException">Something listens there (it says who, where the system tells), or it is no address of this machine.</exception>
    public static void RequireFree(HostPort address) => PortOwner.RequireFree(address, "a broker", "--listen");

    /// <summary>Apache Kafka's folder and version; null where none is named and none was installed.</summary>
    /// <param name="given">As KAFKA_HOME says.</param>
    /// <exception cref="ClusterException">The folder that is named is not Apache Kafka's.</exception>
    public static (string Folder, string Version)? FindKafka(string? given, Func<string, string?> environment) =>
        KafkaHome.Find(given, null, environment) is { } home ? (home.Path, home.Version.ToString()) : null;

    /// <summary>The java program, as Kafka's own scripts find it.</summary>
    /// <exception cref="ClusterException">There is none.</exception>
    public static string FindJava(Func<string, string?> environment) => JavaRuntime.Find(environment);
}
