using System.Collections.Frozen;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Listeners;
using Fink.Kafka.Broker.Storage.Directories;
using Fink.Kafka.Broker.Storage.Logs;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>What a broker is started with and keeps while it runs, each property once and typed.</summary>
internal sealed record BrokerSettings
{
    public required int NodeId { get; init; }

    public required string? Rack { get; init; }

    public required IReadOnlyList<ListenerSettings> Listeners { get; init; }

    public required TlsSettings Tls { get; init; }

    public required int MaxRequestBytes { get; init; }

    /// <summary>Of a request before the login is over.</summary>
    public required int MaxLoginBytes { get; init; }

    /// <summary>Of requests under way, all connections together; null for no limit.</summary>
    public required long? MaxQueuedBytes { get; init; }

    /// <summary>After which a connection that asks nothing is closed; infinite for never.</summary>
    public required TimeSpan MaxIdle { get; init; }

    /// <summary>How long a client may take for TLS and login.</summary>
    public required TimeSpan LoginTimeout { get; init; }

    /// <summary>Principals that may do everything; null where the broker has no authorizer.</summary>
    public required FrozenSet<string>? SuperUsers { get; init; }

    public required bool AllowIfNoAcl { get; init; }

    public required IReadOnlyList<string> SaslMechanisms { get; init; }

    /// <summary>Zero: a session lasts as long as its connection.</summary>
    public required TimeSpan MaxSession { get; init; }

    public required TimeSpan FailedAuthenticationDelay { get; init; }

    /// <summary>The most that one fetch gives, whatever its client asks for.</summary>
    public required int FetchMaxBytes { get; init; }

    public required GroupOptions Groups { get; init; }

    public required FlushPolicy FlushPolicy { get; init; }

    public required TimeSpan ProducerIdExpiration { get; init; }

    public required UpkeepIntervals Upkeep { get; init; }

    /// <exception cref="BrokerConfigurationException">Values that are right one by one and wrong together: all of them.</exception>
    public static BrokerSettings Of(BrokerConfigs configs)
    {
        List<ConfigurationMistake> mistakes = [];
        var settings = new BrokerSettings
        {
            NodeId = Node(configs, mistakes),
            Rack = configs.Value("broker.rack"),
            Listeners = new ListenerProperties(configs, mistakes).Read(),
            Tls = new TlsSettings(configs),
            MaxRequestBytes = configs.Int("socket.request.max.bytes"),
            MaxLoginBytes = Math.Min(configs.Int("sasl.server.max.receive.size"), configs.Int("socket.request.max.bytes")),
            MaxQueuedBytes = configs.Long("queued.max.request.bytes") is > 0 and var bytes ? bytes : null,
            MaxIdle = Patience(configs, "connections.max.idle.ms"),
            LoginTimeout = Patience(configs, "fink.authentication.timeout.ms"),
            SuperUsers = SuperUsersOf(configs, mistakes),
            AllowIfNoAcl = configs.Flag("allow.everyone.if.no.acl.found"),
            SaslMechanisms = configs.Items("sasl.enabled.mechanisms"),
            MaxSession = configs.Milliseconds("connections.max.reauth.ms"),
            FailedAuthenticationDelay = configs.Milliseconds("connection.failed.authentication.delay.ms"),
            FetchMaxBytes = configs.Int("fetch.max.bytes"),
            Groups = GroupsOf(configs, mistakes),
            FlushPolicy = FlushesEachChange(configs) ? FlushPolicy.Always : FlushPolicy.Os,
            ProducerIdExpiration = configs.Milliseconds("producer.id.expiration.ms"),
            Upkeep = new UpkeepIntervals { Retention = configs.Milliseconds("log.retention.check.interval.ms") },
        };
        return mistakes.Count == 0 ? settings : throw new BrokerConfigurationException(mistakes);
    }

    public LogSettings Logs(TimeProvider time) => new(time) { FlushPolicy = FlushPolicy, ProducerIdExpiration = ProducerIdExpiration };

    private static bool FlushesEachChange(BrokerConfigs configs) => configs.Value("fink.flush.policy") == "always";

    private static int Node(BrokerConfigs configs, List<ConfigurationMistake> mistakes)
    {
        var (node, broker) = (configs.SetValue("node.id"), configs.SetValue("broker.id"));
        if (node is null) return configs.Int(broker is null ? "node.id" : "broker.id");
        if (broker is not null && configs.Int("broker.id") != configs.Int("node.id"))
        {
            mistakes.Add(new("node.id", $"is {node} and broker.id is {broker}, which are the same thing: set one of them"));
        }

        return configs.Int("node.id");
    }

    private static FrozenSet<string>? SuperUsersOf(BrokerConfigs configs, List<ConfigurationMistake> mistakes)
    {
        var users = (configs.Value("super.users") ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        mistakes.AddRange(users.Where(user => user.IndexOf(':', StringComparison.Ordinal) is var colon && (colon < 1 || colon == user.Length - 1))
            .Select(user => new ConfigurationMistake("super.users", $"has '{user}', which is not User:NAME; several are separated by ;")));
        return string.IsNullOrEmpty(configs.Value("authorizer.class.name")) ? null : users.ToFrozenSet();
    }

    private static GroupOptions GroupsOf(BrokerConfigs configs, List<ConfigurationMistake> mistakes)
    {
        var options = new GroupOptions
        {
            MinSessionTimeout = configs.Milliseconds("group.min.session.timeout.ms"),
            MaxSessionTimeout = configs.Milliseconds("group.max.session.timeout.ms"),
            MaxSize = configs.Int("group.max.size"),
            InitialRebalanceDelay = configs.Milliseconds("group.initial.rebalance.delay.ms"),
            OffsetMetadataMaxBytes = configs.Int("offset.metadata.max.bytes"),
            OffsetsRetention = TimeSpan.FromMinutes(configs.Long("offsets.retention.minutes")),
            OffsetsRetentionCheckInterval = configs.Milliseconds("offsets.retention.check.interval.ms"),
            FlushesEachChange = FlushesEachChange(configs),
        };
        if (options.MinSessionTimeout > options.MaxSessionTimeout)
        {
            mistakes.Add(new("group.min.session.timeout.ms", "is more than group.max.session.timeout.ms"));
        }

        return options;
    }

    /// <summary>Kafka takes a negative time for "never"; so is one past what clocks count.</summary>
    private static TimeSpan Patience(BrokerConfigs configs, string name) =>
        configs.Long(name) is >= 0 and < int.MaxValue and var milliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : Timeout.InfiniteTimeSpan;
}
