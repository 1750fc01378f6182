namespace Fink.Kafka.Broker.Dispatch;

/// <summary>Where a listener tells its clients to connect.</summary>
/// <param name="Listener">The listener's name.</param>
internal sealed record AdvertisedEndpoint(string Listener, string Host, int Port);
