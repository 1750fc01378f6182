using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Storage;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Dispatch;

/// <summary>The owners of the broker's state, for <see cref="ApiHandlers"/> to hand each handler those that it needs.</summary>
internal sealed record BrokerServices
{
    public required string ClusterId { get; init; }

    /// <summary>What cannot change while the broker runs.</summary>
    public required BrokerSettings Settings { get; init; }

    /// <summary>What can.</summary>
    public required LiveConfigs Configs { get; init; }

    public required MetadataStore Metadata { get; init; }

    public required LogDirectory Logs { get; init; }

    public required Authorizer Authorizer { get; init; }

    public PartitionAccess Partitions => new(Metadata, Logs, Authorizer);

    public required TopicLifecycle Topics { get; init; }

    public required ConfigChanges ConfigChanges { get; init; }

    public required GroupCoordinator Groups { get; init; }

    public required TimeProvider Time { get; init; }

    public required ClientLog ClientLog { get; init; }

    public required ILoggerFactory Loggers { get; init; }
}
