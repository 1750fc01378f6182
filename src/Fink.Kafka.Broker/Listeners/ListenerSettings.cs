namespace Fink.Kafka.Broker.Listeners;

/// <summary>One of <c>listeners</c>.</summary>
/// <param name="Host">Empty for every address of the machine.</param>
/// <param name="Port">0 for one that is free.</param>
/// <param name="AdvertisedPort">0 for the one that the listener really has.</param>
internal sealed record ListenerSettings(
    string Name, SecurityProtocol Protocol, string Host, int Port, string AdvertisedHost, int AdvertisedPort);
