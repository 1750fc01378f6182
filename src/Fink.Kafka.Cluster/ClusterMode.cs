namespace Fink.Kafka.Cluster;

/// <summary>What keeps the cluster's metadata.</summary>
public enum ClusterMode
{
    /// <summary>Apache Kafka up to 3.9 with ZooKeeper, as Fink runs it.</summary>
    ZooKeeper,

    /// <summary>Apache Kafka without ZooKeeper: the first broker is the controller too.</summary>
    Kraft,

    /// <summary>The broker of this project, one node, without Java: for one machine.</summary>
    Embedded,
}

/// <summary>Modes as users write them.</summary>
public static class ClusterModeNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<ClusterMode>().Select(Name)];

    public static string Name(this ClusterMode mode) => mode.ToString().ToLowerInvariant();

    public static ClusterMode? Find(string name) =>
        Enum.GetValues<ClusterMode>().Where(mode => mode.Name() == name).Select(mode => (ClusterMode?)mode).FirstOrDefault();
}
