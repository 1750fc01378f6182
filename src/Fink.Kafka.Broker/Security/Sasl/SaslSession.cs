using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Security.Sasl;

/// <summary>
/// A connection's way to a user: handshake, tokens, and again when its session is over (KIP-152, KIP-368). Bytes in, bytes out; it
/// owns no socket. One connection, one request at a time.
/// </summary>
/// <param name="maxSession">Kafka's <c>connections.max.reauth.ms</c>; zero: a session lasts as long as its connection.</param>
internal sealed class SaslSession(SaslMechanisms mechanisms, TimeSpan maxSession, TimeProvider time)
{
    private static readonly TimeSpan ShortestSession = TimeSpan.FromSeconds(1);

    private Stage _stage = Stage.Handshake;
    private ISaslServer? _exchange;
    private string _mechanism = "";
    private string? _firstMechanism;
    private long _authenticatedAt;
    private long? _lastAttemptAt;

    private enum Stage
    {
        Handshake,
        Tokens,
        RawTokens,
        Authenticated,
        Failed,
    }

    /// <summary>Who has logged in; kept while it logs in again.</summary>
    public string? User { get; private set; }

    public bool IsAuthenticated => _stage == Stage.Authenticated;

    /// <summary>After SaslHandshake v0, frames hold bare tokens and no requests until the login is over.</summary>
    public bool ExpectsRawTokens => _stage == Stage.RawTokens;

    private bool IsRepeated => User is not null;

    private bool HasExpired => maxSession > TimeSpan.Zero && time.GetElapsedTime(_authenticatedAt) >= maxSession;

    /// <summary>Asked before a request is looked at any further.</summary>
    public Admission Admit(ApiKey api) => _stage switch
    {
        Stage.Handshake => api is ApiKey.ApiVersions or ApiKey.SaslHandshake ? Admission.Serve : Admission.Close,
        Stage.Tokens => api == ApiKey.SaslAuthenticate ? Admission.Serve : Admission.Close,
        Stage.Authenticated => api == ApiKey.SaslHandshake || !HasExpired ? Admission.Serve : Admission.Close,
        _ => Admission.Close,
    };

    public HandshakeAnswer Handshake(string mechanism, short version)
    {
        if (_stage == Stage.Authenticated && !MayBeginAnew())
        {
            return new HandshakeAnswer(ErrorCode.IllegalSaslState, [], Close: false);
        }

        if (_stage is not (Stage.Handshake or Stage.Authenticated)) return Fail();

        _exchange = mechanisms.Begin(mechanism);
        if (_exchange is null)
        {
            _stage = Stage.Failed;
            return new HandshakeAnswer(ErrorCode.UnsupportedSaslMechanism, mechanisms.Enabled, Close: true);
        }

        _mechanism = mechanism;
        _firstMechanism ??= mechanism;
        _stage = version == 0 ? Stage.RawTokens : Stage.Tokens;
        return new HandshakeAnswer(ErrorCode.None, mechanisms.Enabled, Close: false);
    }

    /// <summary>The token of a SaslAuthenticate request, or a bare one.</summary>
    public TokenAnswer Authenticate(ReadOnlySpan<byte> token)
    {
        if (_stage == Stage.Authenticated)
        {
            return Refuse(
                ErrorCode.IllegalSaslState, "SaslAuthenticate request received after successful authentication", "already logged in");
        }

        if (_stage is not (Stage.Tokens or Stage.RawTokens))
        {
            _stage = Stage.Failed;
            return Refuse(ErrorCode.IllegalSaslState, "SaslAuthenticate request received before SaslHandshake", "no handshake");
        }

        if (IsRepeated && _mechanism != _firstMechanism)
        {
            return FailTokens(
                $"SASL mechanism '{_mechanism}' requested by client is not supported for re-authentication of mechanism '{_firstMechanism}'",
                "another mechanism than before");
        }

        return _exchange!.Next(token) switch
        {
            SaslStep.Challenge challenge => new TokenAnswer(ErrorCode.None, null, challenge.Token, 0, Close: false, null),
            SaslStep.Success success => Succeed(success),
            SaslStep.Failure failure => FailTokens(
                $"Authentication failed during {(IsRepeated ? "re-authentication" : "authentication")} due to invalid credentials with SASL mechanism {_mechanism}",
                failure.Reason),
            _ => throw new InvalidOperationException("a mechanism made an unknown step"),
        };
    }

    /// <summary>Only where sessions end, and not more often than once a second.</summary>
    private bool MayBeginAnew()
    {
        if (maxSession <= TimeSpan.Zero) return false;
        if (_lastAttemptAt is { } last && time.GetElapsedTime(last) < ShortestSession) return false;

        _lastAttemptAt = time.GetTimestamp();
        return true;
    }

    private TokenAnswer Succeed(SaslStep.Success success)
    {
        if (IsRepeated && User != success.User)
        {
            return FailTokens(
                $"Cannot change principals during re-authentication from User.{User}: User.{success.User}", "another user than before");
        }

        User = success.User;
        _exchange = null;
        _stage = Stage.Authenticated;
        _authenticatedAt = time.GetTimestamp();
        var lifetime = maxSession > TimeSpan.Zero ? (long)maxSession.TotalMilliseconds : 0;
        return new TokenAnswer(ErrorCode.None, null, success.Token, lifetime, Close: false, null);
    }

    private HandshakeAnswer Fail()
    {
        _stage = Stage.Failed;
        return new HandshakeAnswer(ErrorCode.IllegalSaslState, [], Close: true);
    }

    private TokenAnswer FailTokens(string message, string reason)
    {
        _exchange = null;
        _stage = Stage.Failed;
        return Refuse(ErrorCode.SaslAuthenticationFailed, message, reason);
    }

    private TokenAnswer Refuse(ErrorCode error, string message, string reason) =>
        new(error, message, ReadOnlyMemory<byte>.Empty, 0, Close: _stage == Stage.Failed, reason);
}
