using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Configuration;

internal static class ZooKeeperProperties
{
    /// <summary>Only who knows the secret of this start gets a session: whoever could write here could make users and ACLs.</summary>
    public static JavaProperties For(HostPort address, string dataDir) => new()
    {
        ["dataDir"] = dataDir,
        ["clientPortAddress"] = address.Host,
        ["clientPort"] = $"{address.Port}",
        ["tickTime"] = "2000",
        ["maxClientCnxns"] = "0",
        ["admin.enableServer"] = "false",
        ["authProvider.sasl"] = "org.apache.zookeeper.server.auth.SASLAuthenticationProvider",
        ["sessionRequireClientSASLAuth"] = "true",
        ["autopurge.snapRetainCount"] = "3",
        ["autopurge.purgeInterval"] = "24",
    };
}
