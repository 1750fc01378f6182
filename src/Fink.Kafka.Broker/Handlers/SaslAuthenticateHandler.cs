using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Handlers;

internal sealed partial class SaslAuthenticateHandler(BrokerSettings settings, TimeProvider time, ClientLog log)
    : IRequestHandler<SaslAuthenticateRequest, SaslAuthenticateResponse>
{
    public async ValueTask<SaslAuthenticateResponse?> HandleAsync(
        SaslAuthenticateRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        if (context.Connection.Sasl is not { } sasl)
        {
            return new SaslAuthenticateResponse
            {
                ErrorCode = ErrorCode.IllegalSaslState,
                ErrorMessage = "SaslAuthenticate request received after successful authentication",
            };
        }

        var answer = sasl.Authenticate(request.AuthBytes.Span);
        if (answer.Reason is { } reason) LogRefusal(log.LineOf(context.Connection.Address), context.Who.Host, context.Listener.Listener, reason);
        if (answer.Close)
        {
            context.CloseAfterAnswer();
            await Task.Delay(settings.FailedAuthenticationDelay, time, cancellationToken);
        }

        return new SaslAuthenticateResponse
        {
            ErrorCode = answer.Error,
            ErrorMessage = answer.Message,
            AuthBytes = answer.Token,
            SessionLifetimeMs = answer.SessionLifetimeMs,
        };
    }

    [LoggerMessage(LogLevel.Information, "{Host} was not let in through {Listener}: {Reason}")]
    private static partial void LogRefusal(ILogger logger, string host, string listener, string reason);
}
