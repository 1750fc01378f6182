namespace Fink.Kafka.Cluster;

/// <summary>What keeps the cluster's metadata.</summary>
public enum ClusterMode
{
    /// <summary>Apache Kafka up to 3.9 with ZooKeeper, as Fink runs it.</summary>
    ZooKeeper,

    /// <summary>Apache Kafka without ZooKeeper: the first broker is the controller too.</summary>
    Kraft,
}
