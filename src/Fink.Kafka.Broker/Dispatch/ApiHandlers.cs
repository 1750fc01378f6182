using Fink.Kafka.Broker.Handlers;

namespace Fink.Kafka.Broker.Dispatch;

/// <summary>The one list of handlers, in key order: an API is one line.</summary>
internal static class ApiHandlers
{
    public static Router Route(BrokerServices broker) => new Router()
        .Add(new SaslHandshakeHandler())
        .Add(new ApiVersionsHandler())
        .Add(new SaslAuthenticateHandler(broker.Settings, broker.Time, broker.Loggers));
}
