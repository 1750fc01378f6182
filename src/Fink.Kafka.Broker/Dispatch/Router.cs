using System.Buffers;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Dispatch;

/// <summary>From a request's key to its handler. Built once, by <see cref="ApiHandlers"/>.</summary>
internal sealed class Router
{
    private readonly Route?[] _routes = new Route?[(int)Enum.GetValues<ApiKey>().Max() + 1];

    /// <summary>The APIs that have a handler.</summary>
    public IEnumerable<ApiKey> Keys => Enum.GetValues<ApiKey>().Where(key => _routes[(int)key] is not null);

    public Router Add<TRequest, TResponse>(IRequestHandler<TRequest, TResponse> handler)
        where TRequest : class, IRequest<TRequest, TResponse>, new()
        where TResponse : class, IResponse, new()
    {
        ref var route = ref _routes[(int)TRequest.Key];
        if (route is not null) throw new InvalidOperationException($"{TRequest.Key} has a handler already.");
        route = new Route<TRequest, TResponse>(handler);
        return this;
    }

    /// <summary>
    /// Serves the request of a frame and writes its answer, if it has one. Null, or why the connection must be closed without one.
    /// </summary>
    /// <param name="frame">Without its length.</param>
    /// <exception cref="MalformedMessageException">The frame is no request.</exception>
    public async ValueTask<string?> ServeAsync(
        ReadOnlyMemory<byte> frame, ClientConnection connection, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var header = RequestHeader.Read(frame, out var body);
        if (connection.Admit(header.Key) != Security.Sasl.Admission.Serve) return $"{header.Key} is not allowed before the login is over";
        if ((uint)header.Key >= (uint)_routes.Length || _routes[(int)header.Key] is not { } route)
        {
            return $"the API {header.Key} is not served";
        }

        if (route.Versions.Contains(header.Version))
        {
            var context = new RequestContext(header, connection);
            await route.ServeAsync(body, header, context, output, cancellationToken);
            return null;
        }

        if (header.Key != ApiKey.ApiVersions) return $"version {header.Version} of {header.Key} is not served";

        // The client cannot know yet what to speak: v0 is what every one can read, and tells it.
        Frame.WriteResponse<ApiVersionsRequest, ApiVersionsResponse>(
            output, version: 0, header.CorrelationId, ServedApis.Answer(ErrorCode.UnsupportedVersion));
        return null;
    }
}
