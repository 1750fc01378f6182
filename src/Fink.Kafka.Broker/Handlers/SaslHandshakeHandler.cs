using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class SaslHandshakeHandler : IRequestHandler<SaslHandshakeRequest, SaslHandshakeResponse>
{
    public ValueTask<SaslHandshakeResponse?> HandleAsync(
        SaslHandshakeRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        if (context.Connection.Sasl is not { } sasl)
        {
            return ValueTask.FromResult<SaslHandshakeResponse?>(new() { ErrorCode = ErrorCode.IllegalSaslState });
        }

        var answer = sasl.Handshake(request.Mechanism, context.Version);
        if (answer.Close) context.CloseAfterAnswer();
        return ValueTask.FromResult<SaslHandshakeResponse?>(new() { ErrorCode = answer.Error, Mechanisms = [.. answer.Mechanisms] });
    }
}
