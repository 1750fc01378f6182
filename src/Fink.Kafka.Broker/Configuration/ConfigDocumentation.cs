using System.Collections.Frozen;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>What each configuration does here, in a sentence, for the admin clients that ask.</summary>
internal static class ConfigDocumentation
{
    private const string NoEffect = " Without effect on this broker.";

    private static readonly FrozenDictionary<string, string> OfTopics = new Dictionary<string, string>
    {
        ["cleanup.policy"] = "What happens to old records: they are deleted (delete), or not (compact). This broker does not compact: with compact alone every record is kept, with both the old ones are deleted.",
        ["compression.gzip.level"] = "How hard gzip tries where the broker compresses.",
        ["compression.lz4.level"] = "How hard lz4 tries where the broker compresses.",
        ["compression.type"] = "The compression that records are kept with; producer keeps what was sent.",
        ["compression.zstd.level"] = "How hard zstd tries where the broker compresses.",
        ["delete.retention.ms"] = "How long compaction keeps the marks of deleted keys, in milliseconds.",
        ["file.delete.delay.ms"] = "How long a deleted segment's file stays, in milliseconds.",
        ["flush.messages"] = "After how many records a log is flushed to the disk.",
        ["flush.ms"] = "After how many milliseconds a log is flushed to the disk: each second, on this broker.",
        ["follower.replication.throttled.replicas"] = "Replicas that copy slowly as followers.",
        ["index.interval.bytes"] = "About how many bytes of a log lie between two entries of its index.",
        ["leader.replication.throttled.replicas"] = "Replicas that are copied slowly from their leaders.",
        ["local.retention.bytes"] = "How many bytes stay on the broker where segments are copied elsewhere.",
        ["local.retention.ms"] = "How long segments stay on the broker where they are copied elsewhere, in milliseconds.",
        ["max.compaction.lag.ms"] = "The longest that a record can wait to be compacted, in milliseconds.",
        ["max.message.bytes"] = "The largest batch of records that is taken, in bytes, as it is sent.",
        ["message.downconversion.enable"] = "Whether old clients get records in their old format.",
        ["message.format.version"] = "The format of records, by the version of Kafka that brought it.",
        ["message.timestamp.after.max.ms"] = "How far in the future the timestamp of a record may be, in milliseconds.",
        ["message.timestamp.before.max.ms"] = "How far in the past the timestamp of a record may be, in milliseconds.",
        ["message.timestamp.difference.max.ms"] = "How far from the broker's clock the timestamp of a record may be, in milliseconds.",
        ["message.timestamp.type"] = "Whether a record has the time of its creation or that of its arrival.",
        ["min.cleanable.dirty.ratio"] = "The part of a log that must be new before it is compacted.",
        ["min.compaction.lag.ms"] = "The least that a record waits to be compacted, in milliseconds.",
        ["min.insync.replicas"] = "How many replicas must have a record before acks=all is answered.",
        ["preallocate"] = "Whether a segment's file has its whole size from the start.",
        ["remote.log.copy.disable"] = "Whether segments are no longer copied elsewhere.",
        ["remote.log.delete.on.disable"] = "Whether copies elsewhere are deleted when there shall be none any more.",
        ["remote.storage.enable"] = "Whether segments are copied elsewhere.",
        ["retention.bytes"] = "The most that a partition keeps, in bytes, before its oldest segments are deleted; -1 for all.",
        ["retention.ms"] = "How long records are kept, in milliseconds, before their segments are deleted; -1 for ever.",
        ["segment.bytes"] = "The size of a segment: records are deleted by whole segments.",
        ["segment.index.bytes"] = "The size of a segment's index.",
        ["segment.jitter.ms"] = "By how much segment.ms varies at random, so that not all segments end at once.",
        ["segment.ms"] = "After how many milliseconds a new segment begins, though the last one is not full.",
        ["unclean.leader.election.enable"] = "Whether a replica that lacks records may lead.",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> OfBrokers = new Dictionary<string, string>
    {
        ["node.id"] = "The broker's number.",
        ["broker.id"] = "The broker's number, under its old name.",
        ["broker.rack"] = "Where the broker stands, as clients are told.",
        ["listeners"] = "Where the broker listens.",
        ["advertised.listeners"] = "Where clients are told to connect.",
        ["listener.security.protocol.map"] = "How each listener is secured.",
        ["socket.request.max.bytes"] = "The largest request, in bytes.",
        ["sasl.server.max.receive.size"] = "The largest request before the login is over, in bytes.",
        ["queued.max.request.bytes"] = "The most that requests under way may take of the memory, in bytes; -1 for no limit.",
        ["connections.max.idle.ms"] = "After how many milliseconds a connection that asks nothing is closed.",
        ["max.connections"] = "The most connections; never more than half of the files that the process may open.",
        ["max.connections.per.ip"] = "The most connections from one address.",
        ["fetch.max.bytes"] = "The most that one fetch gives, in bytes.",
        ["max.incremental.fetch.session.cache.slots"] = "The most fetch sessions that are kept.",
        ["authorizer.class.name"] = "Whether ACLs decide who may do what: any of Kafka's authorizers stands for this broker's.",
        ["super.users"] = "Who may do everything, separated by semicolons.",
        ["allow.everyone.if.no.acl.found"] = "Whether everybody may do everything to a resource that has no ACL.",
        ["sasl.enabled.mechanisms"] = "How clients can log in.",
        ["connections.max.reauth.ms"] = "After how many milliseconds a client must log in again; 0 for never.",
        ["connection.failed.authentication.delay.ms"] = "How long a failed login waits for its answer, in milliseconds.",
        ["ssl.keystore.type"] = "The format of the certificate and its key.",
        ["ssl.keystore.location"] = "The file with the certificate and its key.",
        ["ssl.keystore.password"] = "The password of that file.",
        ["ssl.key.password"] = "The password of the key.",
        ["ssl.keystore.certificate.chain"] = "The certificate and those that vouch for it.",
        ["ssl.keystore.key"] = "The certificate's key.",
        ["num.partitions"] = "How many partitions a topic has that is made without a number.",
        ["default.replication.factor"] = "How many replicas a topic has that is made without a number.",
        ["auto.create.topics.enable"] = "Whether a topic is made when a client asks for it.",
        ["delete.topic.enable"] = "Whether topics can be deleted.",
        ["log.retention.check.interval.ms"] = "How often the broker looks for segments to delete, in milliseconds.",
        ["log.flush.scheduler.interval.ms"] = "How often the broker looks for logs to flush, in milliseconds.",
        ["log.cleaner.enable"] = "Whether topics are compacted: never, on this broker.",
        ["log.cleaner.backoff.ms"] = "How long the compaction sleeps when it has nothing to do, in milliseconds.",
        ["group.initial.rebalance.delay.ms"] = "How long an empty group waits for more members before it begins, in milliseconds.",
        ["group.min.session.timeout.ms"] = "The shortest session that a member of a group may ask for, in milliseconds.",
        ["group.max.session.timeout.ms"] = "The longest session that a member of a group may ask for, in milliseconds.",
        ["group.max.size"] = "The most members of a group.",
        ["offset.metadata.max.bytes"] = "The longest text that a commit may carry, in bytes.",
        ["offsets.retention.minutes"] = "How long the offsets of an empty group are kept, in minutes.",
        ["offsets.retention.check.interval.ms"] = "How often the broker looks for offsets to forget, in milliseconds.",
        ["producer.id.expiration.ms"] = "How long a silent producer is remembered, in milliseconds.",
        ["producer.id.expiration.check.interval.ms"] = "How often the broker looks for producers to forget, in milliseconds.",
        ["transaction.max.timeout.ms"] = "The longest transaction that a producer may ask for, in milliseconds.",
        ["transactional.id.expiration.ms"] = "How long an unused transactional id is remembered, in milliseconds.",
        ["transaction.abort.timed.out.transaction.cleanup.interval.ms"] = "How often the broker looks for transactions to abort.",
        ["transaction.remove.expired.transaction.cleanup.interval.ms"] = "How often the broker looks for transactional ids to forget.",
        ["background.threads"] = "How many threads do what no client waits for.",
        ["log.cleaner.dedupe.buffer.size"] = "The memory in which compaction remembers keys, in bytes.",
        ["log.cleaner.io.buffer.load.factor"] = "How full that memory may become.",
        ["log.cleaner.io.buffer.size"] = "The memory with which compaction reads and writes, in bytes.",
        ["log.cleaner.io.max.bytes.per.second"] = "The most that compaction reads and writes, in bytes a second.",
        ["log.cleaner.threads"] = "How many threads compact.",
        ["num.io.threads"] = "How many threads serve requests.",
        ["num.network.threads"] = "How many threads of a listener receive and send.",
        ["num.recovery.threads.per.data.dir"] = "How many threads read logs at the start and flush them at the end.",
        ["num.replica.fetchers"] = "How many threads copy from another broker.",
        ["sasl.kerberos.kinit.cmd"] = "Where Kerberos's kinit is.",
        ["sasl.kerberos.min.time.before.relogin"] = "The least time between two logins at Kerberos, in milliseconds.",
        ["sasl.kerberos.principal.to.local.rules"] = "How Kerberos's names become those of users.",
        ["sasl.kerberos.service.name"] = "The broker's name to Kerberos.",
        ["sasl.kerberos.ticket.renew.jitter"] = "By how much the renewal of a Kerberos ticket varies at random.",
        ["sasl.kerberos.ticket.renew.window.factor"] = "After which part of its life a Kerberos ticket is renewed.",
        ["max.connection.creation.rate"] = "The most connections that are taken in a second.",
        ["remote.fetch.max.wait.ms"] = "How long a fetch waits for segments that were copied elsewhere, in milliseconds.",
        ["remote.log.index.file.cache.total.size.bytes"] = "The disk space for indexes of segments that were copied elsewhere, in bytes.",
        ["remote.log.manager.copy.max.bytes.per.second"] = "The most that is copied elsewhere, in bytes a second.",
        ["remote.log.manager.fetch.max.bytes.per.second"] = "The most that is fetched from elsewhere, in bytes a second.",
        ["sasl.login.refresh.buffer.seconds"] = "How long before its end a token of the broker's own login is renewed, in seconds.",
        ["sasl.login.refresh.min.period.seconds"] = "The least time between two renewals of that token, in seconds.",
        ["sasl.login.refresh.window.factor"] = "After which part of its life that token is renewed.",
        ["sasl.login.refresh.window.jitter"] = "By how much the renewal of that token varies at random.",
        ["transaction.partition.verification.enable"] = "Whether a transaction's partitions are checked before its records are taken.",
        ["fink.replication.factor.clamp"] = "Whether clients that ask for several replicas get one instead of an error.",
        ["fink.flush.policy"] = "When records are flushed: in the background (os), or before they are acknowledged (always).",
        ["fink.authentication.timeout.ms"] = "How long a client may take to log in, in milliseconds.",
    }.ToFrozenDictionary();

    /// <summary>A topic's name for a thing or a broker's: a broker's default for topics does what the topic's configuration does.</summary>
    public static string Of(string name)
    {
        if (TopicConfigs.Find(name) is { } config) return OfTopics[name] + (config.IsHonoured ? "" : NoEffect);
        if (OfBrokers.TryGetValue(name, out var text)) return text + (BrokerConfigCatalog.Find(name) is { IsHonoured: false } ? NoEffect : "");

        var topic = TopicConfigs.All.First(other => other.Synonyms.Any(synonym => synonym.Name == name));
        return $"Of topics that do not set {topic.Name}. {Of(topic.Name)}";
    }
}
