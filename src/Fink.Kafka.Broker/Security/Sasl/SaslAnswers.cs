using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Security.Sasl;

/// <summary>What SaslHandshake is answered.</summary>
/// <param name="Close">The connection is closed once the answer is sent.</param>
internal sealed record HandshakeAnswer(ErrorCode Error, IReadOnlyList<string> Mechanisms, bool Close);

/// <summary>What SaslAuthenticate, or a raw token, is answered.</summary>
/// <param name="SessionLifetimeMs">After which the client must have logged in anew; 0 for never.</param>
/// <param name="Close">The connection is closed once the answer is sent; a raw token's is closed without one.</param>
/// <param name="Reason">Why not, for our own log.</param>
internal sealed record TokenAnswer(
    ErrorCode Error, string? Message, ReadOnlyMemory<byte> Token, long SessionLifetimeMs, bool Close, string? Reason);

/// <summary>What becomes of a request that has come in.</summary>
internal enum Admission
{
    Serve,

    /// <summary>Closed without an answer.</summary>
    Close,
}
