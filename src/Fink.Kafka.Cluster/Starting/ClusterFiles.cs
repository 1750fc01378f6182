using Fink.Kafka.Cluster.Configuration;
using Fink.Kafka.Cluster.Planning;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Cluster.Storage;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Starting;

/// <summary>Writes what the servers of one start read: properties, logins, logging. All of it anew, with a new secret.</summary>
internal sealed class ClusterFiles(ClusterPlan plan, ClusterLayout layout, InternalNetwork network)
{
    public const string ZooKeeper = "zookeeper";

    public string ZooKeeperServerJaas => Path.Combine(layout.ConfigDir, "zookeeper.jaas");

    /// <summary>Null where there is no ZooKeeper to log in to.</summary>
    public string? BrokerJaas => plan.ZooKeeper is null ? null : Path.Combine(layout.ConfigDir, "broker.jaas");

    public string Log4j(string process) => Path.Combine(layout.ConfigDir, $"{process}.{LogConfiguration.FileName(plan.Home)}");

    /// <summary>Returns, for each user's file, which of its keys were replaced.</summary>
    /// <exception cref="ClusterException">A user's file cannot be read.</exception>
    public IReadOnlyList<string> Write(TlsMaterial? tls)
    {
        foreach (var folder in (string[])[layout.ConfigDir, layout.LogsDir, layout.CredentialsDir, Path.Combine(layout.DataDir, "data")])
        {
            PrivateFiles.CreateFolder(folder);
        }

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
                plan, broker, network, tls, layout.ProcessDataDir(broker.Name), ReadUserFile(broker.BaseProperties));
            PrivateFiles.Write(layout.ConfigFile(broker.Name), text);
            if (replaced.Count > 0)
            {
                notes.Add($"{broker.BaseProperties}: replaced by our own: {string.Join(", ", replaced)}");
            }
        }

        return notes;
    }

    private void Prepare(string process)
    {
        PrivateFiles.CreateFolder(layout.ProcessLogsDir(process));
        PrivateFiles.Write(Log4j(process), LogConfiguration.For(plan.Home, layout.LogFile(process)));
    }

    private static JavaProperties? ReadUserFile(string? file)
    {
        try
        {
            return file is null ? null : JavaProperties.Parse(File.ReadAllText(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ClientPropertiesException)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"cannot read the broker properties {file}: {e.Message}", e);
        }
    }
}
