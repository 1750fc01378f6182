using System.Collections.Frozen;
using Fink.Kafka.Broker.Groups;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>What a broker is started with and keeps while it runs, each property once and typed.</summary>
internal sealed record BrokerSettings
{
    public required int NodeId { get; init; }

    public required string? Rack { get; init; }

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
}
