using Fink.Kafka.Cluster.Homes;
using Fink.Kafka.Cluster.Planning;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Configuration;

/// <summary>What one start chooses anew: ports that only the brokers use among themselves, and their secret.</summary>
internal sealed record InternalNetwork(IReadOnlyList<int> BrokerPorts, int ControllerPort, string Secret)
{
    public string BootstrapServers => string.Join(',', BrokerPorts.Select(port => $"127.0.0.1:{port}"));
}

/// <summary>
/// The properties file of a broker. Clients log in by SCRAM on their listener. Brokers speak to each other and to the
/// controller on loopback listeners of their own, as <c>admin</c> with a secret that lives only as long as the start:
/// no change of a user's password or certificate can lock the brokers out of their own cluster.
/// </summary>
internal static class BrokerConfiguration
{
    private const int InternalTopicPartitions = 10;
    private const int MaxInternalReplicas = 3;
    private const string Client = "CLIENT";
    private const string Anonymous = "ANONYMOUS";
    private const string Internal = "INTERNAL";
    private const string Controller = "CONTROLLER";

    /// <summary>Entries that a user's own file may say better.</summary>
    private static JavaProperties Defaults(ClusterPlan plan, KafkaHome home)
    {
        var replicas = Math.Min(MaxInternalReplicas, plan.Brokers.Count);
        var minInSync = Math.Max(1, replicas - 1);
        var defaults = new JavaProperties
        {
            ["num.partitions"] = "1",
            ["default.replication.factor"] = "1",
            ["auto.create.topics.enable"] = "false",
            ["delete.topic.enable"] = "true",
            ["log.retention.hours"] = "24",
            ["group.initial.rebalance.delay.ms"] = "0",
            ["offsets.topic.replication.factor"] = $"{replicas}",
            ["offsets.topic.num.partitions"] = $"{InternalTopicPartitions}",
            ["transaction.state.log.replication.factor"] = $"{replicas}",
            ["transaction.state.log.min.isr"] = $"{minInSync}",
            ["transaction.state.log.num.partitions"] = $"{InternalTopicPartitions}",
            // All brokers stop together: a last one that insists on handing over its partitions would only wait.
            ["controlled.shutdown.max.retries"] = "1",
            ["controlled.shutdown.retry.backoff.ms"] = "500",
        };
        if (plan.Mode == ClusterMode.ZooKeeper)
        {
            // How long the place of a broker that was killed stays taken. Nothing but a stalled machine lies between.
            defaults["zookeeper.session.timeout.ms"] = "9000";
        }

        if (home.Version.Major >= 4)
        {
            defaults["share.coordinator.state.topic.replication.factor"] = $"{replicas}";
            defaults["share.coordinator.state.topic.min.isr"] = $"{minInSync}";
        }

        return defaults;
    }

    /// <summary>The file's text, and the keys of the user's file that ours replaced.</summary>
    public static (string Text, IReadOnlyList<string> Replaced) For(
        ClusterPlan plan, KafkaHome home, BrokerPlan broker, InternalNetwork network, TlsMaterial? tls, string dataDir)
    {
        var (all, replaced) = UserProperties.Merge(
            Defaults(plan, home), UserProperties.Read(broker.BaseProperties), Ours(plan, broker, network, tls, dataDir));
        return (all.ToString(), replaced);
    }

    private static JavaProperties Ours(
        ClusterPlan plan, BrokerPlan broker, InternalNetwork network, TlsMaterial? tls, string dataDir)
    {
        var isController = plan.Mode == ClusterMode.Kraft && broker.Id == 0;
        var internalAddress = $"{Internal}://127.0.0.1:{network.BrokerPorts[broker.Id]}";
        var clientProtocol = tls is null ? "SASL_PLAINTEXT" : "SASL_SSL";
        var properties = new JavaProperties
        {
            ["log.dirs"] = dataDir,
            ["listeners"] = $"{Client}://{broker.Listen},{internalAddress}"
                + (broker.Anonymous is { } open ? $",{Anonymous}://{open.Listen}" : "")
                + (isController ? $",{Controller}://127.0.0.1:{network.ControllerPort}" : ""),
            ["advertised.listeners"] = $"{Client}://{broker.Advertised},{internalAddress}"
                + (broker.Anonymous is { } named ? $",{Anonymous}://{named.Advertised}" : ""),
            ["listener.security.protocol.map"] =
                $"{Client}:{clientProtocol},{Anonymous}:PLAINTEXT,{Internal}:SASL_PLAINTEXT,{Controller}:SASL_PLAINTEXT",
            ["inter.broker.listener.name"] = Internal,
            ["sasl.mechanism.inter.broker.protocol"] = "PLAIN",
            ["listener.name.client.sasl.enabled.mechanisms"] = "SCRAM-SHA-512,SCRAM-SHA-256",
            ["listener.name.client.scram-sha-512.sasl.jaas.config"] = JaasText.ScramServer,
            ["listener.name.client.scram-sha-256.sasl.jaas.config"] = JaasText.ScramServer,
            ["listener.name.internal.sasl.enabled.mechanisms"] = "PLAIN",
            ["listener.name.internal.plain.sasl.jaas.config"] = JaasText.PlainPeer(FirstUsers.Admin, network.Secret),
            ["super.users"] = "User:" + FirstUsers.Admin,
            ["allow.everyone.if.no.acl.found"] = "false",
        };
        tls?.AddTo(properties, "listener.name.client.");
        AddMetadata(properties, plan, broker, network);
        return properties;
    }

    private static void AddMetadata(JavaProperties properties, ClusterPlan plan, BrokerPlan broker, InternalNetwork network)
    {
        if (plan.Mode == ClusterMode.ZooKeeper)
        {
            properties["broker.id"] = $"{broker.Id}";
            properties["zookeeper.connect"] = $"{plan.ZooKeeper}";
            properties["zookeeper.set.acl"] = "true";
            properties["authorizer.class.name"] = "kafka.security.authorizer.AclAuthorizer";
            return;
        }

        properties["node.id"] = $"{broker.Id}";
        properties["process.roles"] = broker.Id == 0 ? "broker,controller" : "broker";
        properties["controller.listener.names"] = Controller;
        properties["controller.quorum.voters"] = $"0@127.0.0.1:{network.ControllerPort}";
        properties["sasl.mechanism.controller.protocol"] = "PLAIN";
        properties["listener.name.controller.sasl.enabled.mechanisms"] = "PLAIN";
        properties["listener.name.controller.plain.sasl.jaas.config"] = JaasText.PlainPeer(FirstUsers.Admin, network.Secret);
        properties["authorizer.class.name"] = "org.apache.kafka.metadata.authorizer.StandardAuthorizer";
    }
}
