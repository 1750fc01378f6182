using System.Collections.Frozen;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>
/// The broker properties that this broker knows, under Kafka's names and with the defaults of Kafka 3.9; those beginning with
/// <c>fink.</c> are ours. What is not honoured can be set and is shown, as Kafka's tools expect, and has no effect. <see cref="UnusedBrokerConfigs"/> has the rest of Kafka's.
/// </summary>
internal static class BrokerConfigCatalog
{
    private const string NoLimit = "2147483647";
    private const string Forever = "9223372036854775807";

    /// <summary>Of those in the other lists: they can be set and are shown, and change nothing here. All of <see cref="Absent"/> does so.</summary>
    private static readonly FrozenSet<string> WithoutEffect = FrozenSet.ToFrozenSet(
    [
        "log.cleaner.backoff.ms", "log.cleaner.delete.retention.ms", "log.cleaner.enable", "log.cleaner.max.compaction.lag.ms",
        "log.cleaner.min.cleanable.ratio", "log.cleaner.min.compaction.lag.ms", "log.flush.interval.ms",
        "log.flush.scheduler.interval.ms", "log.roll.jitter.hours", "log.roll.jitter.ms", "log.segment.delete.delay.ms",
        "max.incremental.fetch.session.cache.slots", "producer.id.expiration.check.interval.ms",
        "transaction.abort.timed.out.transaction.cleanup.interval.ms", "transaction.max.timeout.ms",
        "transaction.remove.expired.transaction.cleanup.interval.ms", "transactional.id.expiration.ms",
    ]);

    public static readonly IReadOnlyList<BrokerConfig> All =
    [
        .. new[] { Listening(), Security(), Topics(), Logs(), Groups(), Producers(), Ours() }
            .SelectMany(some => some, (_, config) => config with { IsHonoured = !WithoutEffect.Contains(config.Name) }),
        .. Absent().Select(config => config with { IsHonoured = false }),
    ];

    private static readonly FrozenDictionary<string, BrokerConfig> ByName = All.ToFrozenDictionary(config => config.Name);

    public static BrokerConfig? Find(string name) => ByName.GetValueOrDefault(name);

    private static BrokerConfig[] Listening() =>
    [
        Fixed("node.id", ConfigType.Int, "1", ValueRule.AtLeast(0)),
        Fixed("broker.id", ConfigType.Int, null, ValueRule.AtLeast(0)),
        Fixed("broker.rack", ConfigType.String, null, ValueRule.Any),
        Fixed("listeners", ConfigType.String, "PLAINTEXT://:9092", ValueRule.Any),
        Fixed("advertised.listeners", ConfigType.String, null, ValueRule.Any),
        Fixed(
            "listener.security.protocol.map",
            ConfigType.String,
            "SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT",
            ValueRule.Any),
        Fixed("socket.request.max.bytes", ConfigType.Int, "104857600", ValueRule.AtLeast(1)),
        Fixed("sasl.server.max.receive.size", ConfigType.Int, "524288", ValueRule.AtLeast(1)),
        Fixed("queued.max.request.bytes", ConfigType.Long, "-1", ValueRule.AtLeast(-1)),
        Fixed("connections.max.idle.ms", ConfigType.Long, "600000", ValueRule.Any),
        Dynamic("max.connections", ConfigType.Int, NoLimit, ValueRule.AtLeast(0)),
        Dynamic("max.connections.per.ip", ConfigType.Int, NoLimit, ValueRule.AtLeast(0)),
        Fixed("fetch.max.bytes", ConfigType.Int, "57671680", ValueRule.AtLeast(1024)),
        Fixed("max.incremental.fetch.session.cache.slots", ConfigType.Int, "1000", ValueRule.AtLeast(0)),
    ];

    private static BrokerConfig[] Security() =>
    [
        Fixed("authorizer.class.name", ConfigType.String, "", ValueRule.OneOf(
            "", "org.apache.kafka.metadata.authorizer.StandardAuthorizer", "kafka.security.authorizer.AclAuthorizer")),
        Fixed("super.users", ConfigType.String, "", ValueRule.Any),
        Fixed("allow.everyone.if.no.acl.found", ConfigType.Boolean, "false", ValueRule.Any),
        Fixed("sasl.enabled.mechanisms", ConfigType.List, "SCRAM-SHA-512,SCRAM-SHA-256", ValueRule.SomeOf(
            "SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN")),
        Fixed("connections.max.reauth.ms", ConfigType.Long, "0", ValueRule.AtLeast(0)),
        Fixed("connection.failed.authentication.delay.ms", ConfigType.Int, "100", ValueRule.AtLeast(0)),
        Fixed("ssl.keystore.type", ConfigType.String, "PEM", ValueRule.OneOf("PEM", "PKCS12")),
        Fixed("ssl.keystore.location", ConfigType.String, null, ValueRule.Any),
        Fixed("ssl.keystore.password", ConfigType.Password, null, ValueRule.Any),
        Fixed("ssl.key.password", ConfigType.Password, null, ValueRule.Any),
        Fixed("ssl.keystore.certificate.chain", ConfigType.Password, null, ValueRule.Any),
        Fixed("ssl.keystore.key", ConfigType.Password, null, ValueRule.Any),
    ];

    private static BrokerConfig[] Topics() =>
    [
        Fixed("num.partitions", ConfigType.Int, "1", ValueRule.AtLeast(1)),
        Fixed("default.replication.factor", ConfigType.Int, "1", ValueRule.AtLeast(1)),
        Fixed("auto.create.topics.enable", ConfigType.Boolean, "true", ValueRule.Any),
        Fixed("delete.topic.enable", ConfigType.Boolean, "true", ValueRule.Any),
        Dynamic("message.max.bytes", ConfigType.Int, "1048588", ValueRule.AtLeast(0)),
        Dynamic("compression.type", ConfigType.String, "producer", ValueRule.OneOf(
            "uncompressed", "zstd", "lz4", "snappy", "gzip", "producer")),
        Dynamic("log.message.timestamp.type", ConfigType.String, "CreateTime", ValueRule.OneOf("CreateTime", "LogAppendTime")),
        Dynamic("log.message.timestamp.before.max.ms", ConfigType.Long, Forever, ValueRule.AtLeast(0)),
        Dynamic("log.message.timestamp.after.max.ms", ConfigType.Long, Forever, ValueRule.AtLeast(0)),
        Dynamic("log.message.timestamp.difference.max.ms", ConfigType.Long, Forever, ValueRule.AtLeast(0)),
    ];

    private static BrokerConfig[] Logs() =>
    [
        Dynamic("log.cleanup.policy", ConfigType.List, "delete", ValueRule.SomeOf("compact", "delete")),
        Dynamic("log.retention.ms", ConfigType.Long, null, ValueRule.AtLeast(-1)),
        Fixed("log.retention.minutes", ConfigType.Int, null, ValueRule.AtLeast(-1)),
        Fixed("log.retention.hours", ConfigType.Int, "168", ValueRule.AtLeast(-1)),
        Dynamic("log.retention.bytes", ConfigType.Long, "-1", ValueRule.AtLeast(-1)),
        Fixed("log.retention.check.interval.ms", ConfigType.Long, "300000", ValueRule.AtLeast(1)),
        Dynamic("log.segment.bytes", ConfigType.Int, "1073741824", ValueRule.AtLeast(14)),
        Dynamic("log.segment.delete.delay.ms", ConfigType.Long, "60000", ValueRule.AtLeast(0)),
        Dynamic("log.roll.ms", ConfigType.Long, null, ValueRule.AtLeast(1)),
        Fixed("log.roll.hours", ConfigType.Int, "168", ValueRule.AtLeast(1)),
        Dynamic("log.roll.jitter.ms", ConfigType.Long, null, ValueRule.AtLeast(0)),
        Fixed("log.roll.jitter.hours", ConfigType.Int, "0", ValueRule.AtLeast(0)),
        Dynamic("log.index.interval.bytes", ConfigType.Int, "4096", ValueRule.AtLeast(0)),
        Dynamic("log.flush.interval.messages", ConfigType.Long, Forever, ValueRule.AtLeast(1)),
        Dynamic("log.flush.interval.ms", ConfigType.Long, null, ValueRule.AtLeast(0)),
        Fixed("log.flush.scheduler.interval.ms", ConfigType.Long, Forever, ValueRule.AtLeast(1)),
        Fixed("log.cleaner.enable", ConfigType.Boolean, "true", ValueRule.Any),
        Dynamic("log.cleaner.backoff.ms", ConfigType.Long, "15000", ValueRule.AtLeast(0)),
        Dynamic("log.cleaner.delete.retention.ms", ConfigType.Long, "86400000", ValueRule.AtLeast(0)),
        Dynamic("log.cleaner.min.cleanable.ratio", ConfigType.Double, "0.5", ValueRule.Between(0, 1)),
        Dynamic("log.cleaner.min.compaction.lag.ms", ConfigType.Long, "0", ValueRule.AtLeast(0)),
        Dynamic("log.cleaner.max.compaction.lag.ms", ConfigType.Long, Forever, ValueRule.AtLeast(1)),
    ];

    private static BrokerConfig[] Groups() =>
    [
        Fixed("group.initial.rebalance.delay.ms", ConfigType.Int, "3000", ValueRule.AtLeast(0)),
        Fixed("group.min.session.timeout.ms", ConfigType.Int, "6000", ValueRule.AtLeast(1)),
        Fixed("group.max.session.timeout.ms", ConfigType.Int, "1800000", ValueRule.AtLeast(1)),
        Fixed("group.max.size", ConfigType.Int, NoLimit, ValueRule.AtLeast(1)),
        Fixed("offset.metadata.max.bytes", ConfigType.Int, "4096", ValueRule.AtLeast(0)),
        Fixed("offsets.retention.minutes", ConfigType.Int, "10080", ValueRule.AtLeast(1)),
        Fixed("offsets.retention.check.interval.ms", ConfigType.Long, "600000", ValueRule.AtLeast(1)),
    ];

    private static BrokerConfig[] Producers() =>
    [
        Dynamic("producer.id.expiration.ms", ConfigType.Int, "86400000", ValueRule.AtLeast(1)),
        Fixed("producer.id.expiration.check.interval.ms", ConfigType.Int, "600000", ValueRule.AtLeast(1)),
        Fixed("transaction.max.timeout.ms", ConfigType.Int, "900000", ValueRule.AtLeast(1)),
        Fixed("transactional.id.expiration.ms", ConfigType.Int, "604800000", ValueRule.AtLeast(1)),
        Fixed("transaction.abort.timed.out.transaction.cleanup.interval.ms", ConfigType.Int, "10000", ValueRule.AtLeast(1)),
        Fixed("transaction.remove.expired.transaction.cleanup.interval.ms", ConfigType.Int, "3600000", ValueRule.AtLeast(1)),
    ];

    /// <summary>Of what this broker does not have: Kafka's tools and others set them while it runs, and look for them there.</summary>
    private static BrokerConfig[] Absent() =>
    [
        Dynamic("background.threads", ConfigType.Int, "10", ValueRule.AtLeast(1)),
        Dynamic("compression.gzip.level", ConfigType.Int, "-1", ValueRule.Between(-1, 9)),
        Dynamic("compression.lz4.level", ConfigType.Int, "9", ValueRule.Between(1, 17)),
        Dynamic("compression.zstd.level", ConfigType.Int, "3", ValueRule.Between(-131072, 22)),
        Dynamic("log.cleaner.dedupe.buffer.size", ConfigType.Long, "134217728", ValueRule.Any),
        Dynamic("log.cleaner.io.buffer.load.factor", ConfigType.Double, "0.9", ValueRule.Any),
        Dynamic("log.cleaner.io.buffer.size", ConfigType.Int, "524288", ValueRule.AtLeast(0)),
        Dynamic("log.cleaner.io.max.bytes.per.second", ConfigType.Double, "1.7976931348623157E308", ValueRule.Any),
        Dynamic("log.cleaner.threads", ConfigType.Int, "1", ValueRule.AtLeast(0)),
        Dynamic("log.index.size.max.bytes", ConfigType.Int, "10485760", ValueRule.AtLeast(4)),
        Dynamic("log.local.retention.bytes", ConfigType.Long, "-2", ValueRule.AtLeast(-2)),
        Dynamic("log.local.retention.ms", ConfigType.Long, "-2", ValueRule.AtLeast(-2)),
        Dynamic("log.message.downconversion.enable", ConfigType.Boolean, "true", ValueRule.Any),
        Dynamic("log.preallocate", ConfigType.Boolean, "false", ValueRule.Any),
        Dynamic("max.connection.creation.rate", ConfigType.Int, NoLimit, ValueRule.AtLeast(0)),
        Dynamic("min.insync.replicas", ConfigType.Int, "1", ValueRule.AtLeast(1)),
        Dynamic("num.io.threads", ConfigType.Int, "8", ValueRule.AtLeast(1)),
        Dynamic("num.network.threads", ConfigType.Int, "3", ValueRule.AtLeast(1)),
        Dynamic("num.recovery.threads.per.data.dir", ConfigType.Int, "1", ValueRule.AtLeast(1)),
        Dynamic("num.replica.fetchers", ConfigType.Int, "1", ValueRule.Any),
        Dynamic("remote.fetch.max.wait.ms", ConfigType.Int, "500", ValueRule.AtLeast(1)),
        Dynamic("remote.log.index.file.cache.total.size.bytes", ConfigType.Long, "1073741824", ValueRule.AtLeast(1)),
        Dynamic("remote.log.manager.copy.max.bytes.per.second", ConfigType.Long, Forever, ValueRule.AtLeast(1)),
        Dynamic("remote.log.manager.fetch.max.bytes.per.second", ConfigType.Long, Forever, ValueRule.AtLeast(1)),
        Dynamic("sasl.kerberos.kinit.cmd", ConfigType.String, "/usr/bin/kinit", ValueRule.Any),
        Dynamic("sasl.kerberos.min.time.before.relogin", ConfigType.Long, "60000", ValueRule.Any),
        Dynamic("sasl.kerberos.principal.to.local.rules", ConfigType.List, "DEFAULT", ValueRule.Any),
        Dynamic("sasl.kerberos.service.name", ConfigType.String, null, ValueRule.Any),
        Dynamic("sasl.kerberos.ticket.renew.jitter", ConfigType.Double, "0.05", ValueRule.Any),
        Dynamic("sasl.kerberos.ticket.renew.window.factor", ConfigType.Double, "0.8", ValueRule.Any),
        Dynamic("sasl.login.refresh.buffer.seconds", ConfigType.Short, "300", ValueRule.Between(0, 3600)),
        Dynamic("sasl.login.refresh.min.period.seconds", ConfigType.Short, "60", ValueRule.Between(0, 900)),
        Dynamic("sasl.login.refresh.window.factor", ConfigType.Double, "0.8", ValueRule.Between(0.5, 1)),
        Dynamic("sasl.login.refresh.window.jitter", ConfigType.Double, "0.05", ValueRule.Between(0, 0.25)),
        Dynamic("transaction.partition.verification.enable", ConfigType.Boolean, "true", ValueRule.Any),
        Dynamic("unclean.leader.election.enable", ConfigType.Boolean, "false", ValueRule.Any),
    ];

    private static BrokerConfig[] Ours() =>
    [
        Fixed("fink.replication.factor.clamp", ConfigType.Boolean, "false", ValueRule.Any),
        Fixed("fink.flush.policy", ConfigType.String, "os", ValueRule.OneOf("os", "always")),
        Fixed("fink.authentication.timeout.ms", ConfigType.Long, "30000", ValueRule.AtLeast(1)),
    ];

    private static BrokerConfig Fixed(string name, ConfigType type, string? value, ValueRule rule) =>
        new(new(name, type, value, rule), IsDynamic: false);

    private static BrokerConfig Dynamic(string name, ConfigType type, string? value, ValueRule rule) =>
        new(new(name, type, value, rule), IsDynamic: true);
}
