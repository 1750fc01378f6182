using Fink.Kafka.Cluster.Planning;
using Fink.Kafka.Cluster.Storage;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Starting;

/// <summary>Looks before the start for what would make a broker die in it: data of another cluster, mode or broker, a full disk.</summary>
internal static class DataFolderCheck
{
    public const string MetaFile = "meta.properties";
    private const long NeededBytes = 256L << 20;

    /// <summary>The cluster id in the brokers' own files; null when none has one yet.</summary>
    /// <exception cref="ClusterException">They contradict each other, the plan or the state.</exception>
    public static string? RequireOneCluster(ClusterPlan plan, ClusterState? state, ClusterLayout layout)
    {
        var known = state?.ClusterId;
        foreach (var broker in plan.Brokers)
        {
            var file = Path.Combine(layout.ProcessDataDir(broker.Name), MetaFile);
            if (!File.Exists(file))
            {
                continue;
            }

            var meta = JavaProperties.Parse(File.ReadAllText(file), file);
            var isKraft = meta["version"] == "1";
            if (plan.Mode != (isKraft ? ClusterMode.Kraft : ClusterMode.ZooKeeper))
            {
                throw Foreign(file, $"it is of a {(isKraft ? ClusterMode.Kraft : ClusterMode.ZooKeeper).Name()} broker, and the cluster is {plan.Mode.Name()}");
            }

            if ((meta["node.id"] ?? meta["broker.id"]) is { } id && id != $"{broker.Id}")
            {
                throw Foreign(file, $"it is of broker {id}");
            }

            if (known is not null && meta["cluster.id"] is { } other && other != known)
            {
                throw Foreign(file, $"it is of cluster {other}, and this is {known}");
            }

            known ??= meta["cluster.id"];
        }

        return known;
    }

    public static void RequireSpace(string dataDir)
    {
        var free = new DriveInfo(dataDir).AvailableFreeSpace;
        if (free < NeededBytes)
        {
            throw new ClusterException(
                ClusterErrorKind.Failed, $"only {free >> 20} MB are free where {dataDir} is: a cluster needs {NeededBytes >> 20} MB to start; make room, or give another --data-dir");
        }
    }

    private static ClusterException Foreign(string file, string why) =>
        new(ClusterErrorKind.Failed, $"{file} does not belong here: {why}; put the right data back, or start in another --data-dir");
}
