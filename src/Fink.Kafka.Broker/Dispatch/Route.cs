using System.Buffers;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Dispatch;

/// <summary>An API and its handler: bytes of a body in, a whole frame out.</summary>
internal abstract class Route(ApiVersions versions)
{
    public ApiVersions Versions => versions;

    /// <exception cref="MalformedMessageException">The body is no such request.</exception>
    public abstract ValueTask ServeAsync(
        ReadOnlyMemory<byte> body, RequestHeader header, RequestContext context, IBufferWriter<byte> output, CancellationToken cancellationToken);
}

internal sealed class Route<TRequest, TResponse>(IRequestHandler<TRequest, TResponse> handler) : Route(TRequest.Versions)
    where TRequest : class, IRequest<TRequest, TResponse>, new()
    where TResponse : class, IResponse, new()
{
    public override async ValueTask ServeAsync(
        ReadOnlyMemory<byte> body, RequestHeader header, RequestContext context, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var request = Frame.ReadBody<TRequest>(body, header.Version, TRequest.Versions);
        var response = await handler.HandleAsync(request, context, cancellationToken);
        if (response is null) return;
        Frame.WriteResponse<TRequest, TResponse>(output, header.Version, header.CorrelationId, response);
    }
}
