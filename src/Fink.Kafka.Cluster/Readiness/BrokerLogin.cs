using Fink.Kafka.Cluster.Configuration;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Readiness;

/// <summary>How to log in to a broker of this cluster.</summary>
internal static class BrokerLogin
{
    /// <summary>As the brokers among themselves.</summary>
    public static ClientProperties Internal(string secret)
    {
        var properties = new JavaProperties
        {
            ["security.protocol"] = "SASL_PLAINTEXT",
            ["sasl.mechanism"] = "PLAIN",
            ["sasl.jaas.config"] = JaasText.PlainPeer(FirstUsers.Admin, secret),
        };
        return ClientProperties.Parse(properties.ToString(), "the brokers' own login");
    }

    /// <summary>As a client that has the admin's file.</summary>
    /// <exception cref="ClusterException">The file is missing or damaged.</exception>
    public static ClientProperties Admin(ClusterLayout layout)
    {
        var file = layout.CredentialsFile(FirstUsers.Admin);
        try
        {
            return ClientProperties.Load(file);
        }
        catch (ClientPropertiesException e)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"{e.Message}; without it, 'fink-kafka stop' and 'start' make it anew", e);
        }
    }
}
