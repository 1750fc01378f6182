using System.Collections.Frozen;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>
/// Kafka's other broker properties. Those that only tune what this broker does not have are accepted without effect, so that a
/// Kafka's own file can be given; those that would promise something are refused with the reason.
/// </summary>
internal static class UnusedBrokerConfigs
{
    private const string JavaClass = "it names a Java class, and this broker runs none";
    private const string OneNode = "this broker is a single node, without ZooKeeper and controllers";
    private const string DataFolder = "the data folder is given to the broker itself, as an option";
    private const string NoTokens = "delegation tokens are not served";
    private const string OwnUsers = "users are kept by the broker: add them with an admin client or with user add";
    private const string NoStores = "certificates are given in PEM or PKCS12, and clients are not asked for theirs";

    private static readonly FrozenDictionary<string, string> Refused = new Dictionary<string, string>
    {
        ["alter.config.policy.class.name"] = JavaClass,
        ["client.quota.callback.class"] = JavaClass,
        ["create.topic.policy.class.name"] = JavaClass,
        ["principal.builder.class"] = JavaClass,
        ["replica.selector.class"] = JavaClass,
        ["sasl.client.callback.handler.class"] = JavaClass,
        ["sasl.login.callback.handler.class"] = JavaClass,
        ["sasl.login.class"] = JavaClass,
        ["sasl.server.callback.handler.class"] = JavaClass,
        ["security.providers"] = JavaClass,
        ["ssl.engine.factory.class"] = JavaClass,
        ["control.plane.listener.name"] = OneNode,
        ["controller.listener.names"] = OneNode,
        ["controller.quorum.bootstrap.servers"] = OneNode,
        ["controller.quorum.voters"] = OneNode,
        ["process.roles"] = OneNode,
        ["zookeeper.connect"] = OneNode,
        ["zookeeper.metadata.migration.enable"] = OneNode,
        ["log.dir"] = DataFolder,
        ["log.dirs"] = DataFolder,
        ["metadata.log.dir"] = DataFolder,
        ["delegation.token.master.key"] = NoTokens,
        ["delegation.token.secret.key"] = NoTokens,
        ["sasl.jaas.config"] = OwnUsers,
        ["remote.log.storage.system.enable"] = "there is no tiered storage",
        ["max.connections.per.ip.overrides"] = "max.connections.per.ip holds for every address",
        ["ssl.client.auth"] = NoStores,
        ["ssl.truststore.certificates"] = NoStores,
        ["ssl.truststore.location"] = NoStores,
        ["ssl.truststore.password"] = NoStores,
        ["ssl.truststore.type"] = NoStores,
        ["ssl.principal.mapping.rules"] = NoStores,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Ignored = FrozenSet.ToFrozenSet(
    [
        "auto.include.jmx.reporter", "auto.leader.rebalance.enable", "broker.heartbeat.interval.ms",
        "broker.id.generation.enable", "broker.session.timeout.ms", "controller.quorum.append.linger.ms",
        "controller.quorum.election.backoff.max.ms", "controller.quorum.election.timeout.ms",
        "controller.quorum.fetch.timeout.ms", "controller.quorum.request.timeout.ms", "controller.quorum.retry.backoff.ms",
        "controller.quota.window.num", "controller.quota.window.size.seconds", "controller.socket.timeout.ms",
        "delegation.token.expiry.check.interval.ms", "delegation.token.expiry.time.ms", "delegation.token.max.lifetime.ms",
        "early.start.listeners", "eligible.leader.replicas.enable", "fetch.purgatory.purge.interval.requests",
        "delete.records.purgatory.purge.interval.requests", "producer.purgatory.purge.interval.requests",
        "initial.broker.registration.timeout.ms", "inter.broker.listener.name", "inter.broker.protocol.version",
        "leader.imbalance.check.interval.seconds", "leader.imbalance.per.broker.percentage", "log.dir.failure.timeout.ms",
        "log.flush.offset.checkpoint.interval.ms", "log.flush.start.offset.checkpoint.interval.ms",
        "log.initial.task.delay.ms", "log.message.format.version", "max.request.partition.size.limit",
        "metadata.log.max.record.bytes.between.snapshots", "metadata.log.max.snapshot.interval.ms",
        "metadata.log.segment.bytes", "metadata.log.segment.min.bytes", "metadata.log.segment.ms",
        "metadata.max.idle.interval.ms", "metadata.max.retention.bytes", "metadata.max.retention.ms", "metric.reporters",
        "num.replica.alter.log.dirs.threads", "offsets.commit.required.acks", "offsets.commit.timeout.ms",
        "queued.max.requests", "request.timeout.ms", "reserved.broker.max.id", "sasl.mechanism.controller.protocol",
        "sasl.mechanism.inter.broker.protocol", "security.inter.broker.protocol", "server.max.startup.time.ms",
        "socket.connection.setup.timeout.max.ms", "socket.connection.setup.timeout.ms", "socket.listen.backlog.size",
        "socket.receive.buffer.bytes", "socket.send.buffer.bytes", "ssl.allow.dn.changes", "ssl.allow.san.changes",
        "ssl.cipher.suites", "ssl.enabled.protocols", "ssl.endpoint.identification.algorithm", "ssl.keymanager.algorithm",
        "ssl.protocol", "ssl.provider", "ssl.secure.random.implementation", "ssl.trustmanager.algorithm",
        "telemetry.max.bytes", "unclean.leader.election.interval.ms", "unstable.api.versions.enable",
        "unstable.feature.versions.enable",
    ]);

    /// <summary>Whole families that have no effect here, after those above.</summary>
    private static readonly string[] IgnoredPrefixes =
    [
        "alter.log.dirs.replication.quota.", "controlled.shutdown.", "group.consumer.", "group.coordinator.", "group.share.",
        "kafka.metrics.", "metrics.", "offsets.load.", "offsets.topic.", "password.encoder.", "quota.window.", "remote.fetch.",
        "remote.log.", "replica.", "replication.quota.", "sasl.login.", "sasl.oauthbearer.",
        "transaction.state.log.", "zookeeper.",
    ];

    /// <summary>Why a property of Kafka's cannot be given here; null where it can, or where Kafka has none of the name.</summary>
    public static string? Refusal(string name)
    {
        if (Refused.TryGetValue(name, out var why)) return why;
        if (!name.StartsWith("listener.name.", StringComparison.Ordinal)) return null;

        return name.EndsWith("sasl.jaas.config", StringComparison.Ordinal)
            ? OwnUsers
            : "properties hold for all listeners; there are none of a single one";
    }

    public static bool IsIgnored(string name) =>
        Refusal(name) is null
        && BrokerConfigCatalog.Find(name) is null
        && (Ignored.Contains(name) || Array.Exists(IgnoredPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
}
