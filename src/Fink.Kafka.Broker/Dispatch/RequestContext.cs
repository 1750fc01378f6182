using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Dispatch;

/// <summary>What a handler knows of a request besides its body.</summary>
internal sealed class RequestContext(RequestHeader header, ClientConnection connection)
{
    public ApiKey Key => header.Key;

    public short Version => header.Version;

    /// <summary>Empty where the client gave none.</summary>
    public string ClientId => header.ClientId ?? "";

    public ClientConnection Connection => connection;

    public Requester Who => connection.Who;

    /// <summary>The listener that the client came through, and where it tells clients to connect.</summary>
    public AdvertisedEndpoint Listener => connection.Listener;

    /// <summary>The connection is closed once the answer is sent.</summary>
    public void CloseAfterAnswer() => connection.ClosesAfterAnswer = true;
}
