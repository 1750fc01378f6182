using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Dispatch;

/// <summary>
/// Serves one API. There is one of each for all connections, so it keeps nothing of a request. What is wrong with a request is an
/// <see cref="ErrorCode"/> in the answer; an exception closes the connection.
/// </summary>
internal interface IRequestHandler<TRequest, TResponse>
    where TRequest : class, IRequest<TRequest, TResponse>, new()
    where TResponse : class, IResponse, new()
{
    /// <summary>Null: the client gets no answer, as Produce with acks=0.</summary>
    /// <param name="request">Its byte fields are slices of the frame, which is reused once the answer is written.</param>
    /// <param name="cancellationToken">
    /// For waits only: the client has gone or the broker stops. What a client sent before it went is still done.
    /// </param>
    ValueTask<TResponse?> HandleAsync(TRequest request, RequestContext context, CancellationToken cancellationToken);
}
