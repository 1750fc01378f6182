using Fink.Kafka.Cluster.Planning;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Configuration;

/// <summary>The properties of the embedded broker: those of a Kafka of one node, as far as they mean something to it.</summary>
internal static class EmbeddedConfiguration
{
    /// <summary>As in the other modes: nothing is made by mistake, nobody waits for more members, a day is kept.</summary>
    public static JavaProperties Defaults => new()
    {
        ["num.partitions"] = "1",
        ["auto.create.topics.enable"] = "false",
        ["log.retention.hours"] = "24",
        ["group.initial.rebalance.delay.ms"] = "0",
    };

    /// <summary>Clients log in by SCRAM, and do what ACLs allow.</summary>
    public static JavaProperties Guard => new()
    {
        ["sasl.enabled.mechanisms"] = "SCRAM-SHA-512,SCRAM-SHA-256",
        ["authorizer.class.name"] = "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        ["super.users"] = "User:" + FirstUsers.Admin,
        ["allow.everyone.if.no.acl.found"] = "false",
    };

    /// <summary>The file's text, and the keys of the user's file that ours replaced.</summary>
    public static (string Text, IReadOnlyList<string> Replaced) For(BrokerPlan broker, TlsMaterial? tls)
    {
        var protocol = tls is null ? "SASL_PLAINTEXT" : "SASL_SSL";
        var ours = Guard;
        ours["listeners"] = $"{protocol}://{broker.Listen}" + (broker.Anonymous is { } open ? $",PLAINTEXT://{open.Listen}" : "");
        ours["advertised.listeners"] = $"{protocol}://{broker.Advertised}" + (broker.Anonymous is { } named ? $",PLAINTEXT://{named.Advertised}" : "");
        AddKeyStore(ours, tls);
        var (all, replaced) = UserProperties.Merge(Defaults, UserProperties.Read(broker.BaseProperties), ours);
        return (all.ToString(), replaced);
    }

    public static void AddKeyStore(JavaProperties properties, TlsMaterial? tls)
    {
        if (tls is not null)
        {
            properties["ssl.keystore.type"] = "PEM";
            properties["ssl.keystore.location"] = tls.KeyStoreFile;
        }
    }
}
