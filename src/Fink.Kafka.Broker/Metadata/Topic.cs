using System.Collections.Immutable;

namespace Fink.Kafka.Broker.Metadata;

/// <summary>A topic's incarnation: one that is deleted and made again has another id.</summary>
internal sealed record Topic(string Name, Guid Id, int Partitions, ImmutableDictionary<string, string> Configs);
