namespace Fink.Kafka.Broker;

/// <summary>Where clients connect.</summary>
/// <param name="Listener">The listener's name.</param>
public sealed record BrokerEndpoint(string Listener, SecurityProtocol Protocol, string Host, int Port)
{
    /// <summary><c>host:port</c>, as clients' <c>bootstrap.servers</c> wants it.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
