using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol;

/// <summary>What a client sends. Its API, versions and answer are known from its type.</summary>
public interface IRequest<TRequest, TResponse> : IWireStruct
    where TRequest : class, IRequest<TRequest, TResponse>, new()
    where TResponse : class, IResponse, new()
{
    static abstract ApiKey Key { get; }

    /// <summary>The versions of request and response alike.</summary>
    static abstract ApiVersions Versions { get; }
}

/// <summary>What the broker answers, in the version of the request.</summary>
public interface IResponse : IWireStruct;
