using Fink.Kafka.Cluster.Configuration;
using Fink.Kafka.Cluster.Homes;
using Fink.Kafka.Cluster.Planning;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Starting;

/// <summary>Writes what the servers of one start read: properties, logins, logging. All of it anew, with a new secret.</summary>
internal sealed class KafkaFiles(ClusterPlan plan, KafkaHome home, ClusterLayout layout, InternalNetwork network)
{
    public const string ZooKeeper = "zookeeper";

    public string ZooKeeperServerJaas => Path.Combine(layout.ConfigDir, "zookeeper.jaas");

    /// <summary>Null where there is no ZooKeeper to log in to.</summary>
    public string? BrokerJaas => plan.ZooKeeper is null ? null : Path.Combine(layout.ConfigDir, "broker.jaas");

    public string Log4j(string process) => Path.Combine(layout.ConfigDir, $"{process}.{LogConfiguration.FileName(home)}");

    /// <summary>Returns, for each user's file, which of its keys were replaced.</summary>
    /// <exception cref="ClusterException">A user's file cannot be read.</exception>
    public IReadOnlyList<string> Write(TlsMaterial? tls)
    {
        if (plan.ZooKeeper is { } address)
        {
            const string User = "kafka";
            Prepare(ZooKeeper);
            PrivateFiles.Write(layout.ConfigFile(ZooKeeper), ZooKeeperProperties.For(address, layout.ProcessDataDir(ZooKeeper)).ToString());
            PrivateFiles.Write(ZooKeeperServerJaas, JaasText.ZooKeeperServer(User, network.Secret));
            PrivateFiles.Write(BrokerJaas!, JaasText.ZooKeeperClient(User, network.Secret));
        }

        List<string> notes = [];
        foreach (var broker in plan.Brokers)
        {
            Prepare(broker.Name);
            var (text, replaced) = BrokerConfiguration.For(
                plan, home, broker, network, tls, layout.ProcessDataDir(broker.Name));
            PrivateFiles.Write(layout.ConfigFile(broker.Name), text);
            notes.AddRange(UserProperties.Replaced(broker.BaseProperties, replaced));
        }

        return notes;
    }

    private void Prepare(string process)
    {
        PrivateFiles.CreateFolder(layout.ProcessLogsDir(process));
        PrivateFiles.Write(Log4j(process), LogConfiguration.For(home, layout.LogFile(process)));
    }
}
