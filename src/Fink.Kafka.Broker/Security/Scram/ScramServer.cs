using System.Security.Cryptography;
using System.Text;
using Fink.Kafka.Broker.Security.Sasl;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Scram;

/// <summary>SCRAM (RFC 5802, 7677) from the server's side: two tokens from the client, two answers.</summary>
/// <param name="serverNonce">What is added to the client's nonce; random unless a test gives it.</param>
internal sealed class ScramServer(
    ScramMechanism mechanism, ICredentials credentials, DecoyCredentials decoys, string? serverNonce = null) : ISaslServer
{
    private const int NonceBytes = 24;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private State _state = State.First;
    private ClientFirstMessage _first = null!;
    private ScramCredential _credential = null!;
    private bool _isKnown;
    private string _nonce = "";
    private string _serverFirst = "";

    private enum State
    {
        First,
        Final,
        Over,
    }

    public SaslStep Next(ReadOnlySpan<byte> token)
    {
        var state = _state;
        _state = State.Over;
        if (Decode(token) is not { } text) return new SaslStep.Failure("a SCRAM message that is not UTF-8");

        return state switch
        {
            State.First => First(text),
            State.Final => Final(text),
            _ => new SaslStep.Failure("the SCRAM exchange is over"),
        };
    }

    private static string? Decode(ReadOnlySpan<byte> token)
    {
        try
        {
            return StrictUtf8.GetString(token);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private SaslStep First(string text)
    {
        if (ClientFirstMessage.Parse(text) is not { } first) return new SaslStep.Failure("no SCRAM client-first-message that is served");
        if (first.AuthorizationId.Length > 0 && first.AuthorizationId != first.User)
        {
            return new SaslStep.Failure($"{first.User} asks to act as {first.AuthorizationId}");
        }

        var known = credentials.Find(first.User, mechanism);
        // Made for those who are known, too: the time that it takes would tell the others.
        var decoy = decoys.For(first.User, mechanism);
        _isKnown = known is not null;
        _credential = known ?? decoy;
        _first = first;
        _nonce = first.Nonce + (serverNonce ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes)));
        _serverFirst = $"r={_nonce},s={Convert.ToBase64String(_credential.Salt.Span)},i={_credential.Iterations}";
        _state = State.Final;
        return new SaslStep.Challenge(Encoding.UTF8.GetBytes(_serverFirst));
    }

    private SaslStep Final(string text)
    {
        if (ClientFinalMessage.Parse(text) is not { } final) return new SaslStep.Failure("no SCRAM client-final-message");

        // librdkafka before 2.8 puts its own part before the nonce once more. Kafka lets it, too.
        if (!final.Nonce.EndsWith(_nonce, StringComparison.Ordinal)) return new SaslStep.Failure("another nonce than this exchange's");
        if (!final.ChannelBinding.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(_first.Header)))
        {
            return new SaslStep.Failure("another channel binding than announced");
        }

        var signed = Encoding.UTF8.GetBytes($"{_first.Bare},{_serverFirst},{final.WithoutProof}");
        var proves = Proves(final.Proof, signed);
        if (!_isKnown) return new SaslStep.Failure($"no user {_first.User} with {mechanism.SaslName()}");
        if (!proves) return new SaslStep.Failure($"wrong password for {_first.User}");

        var signature = CryptographicOperations.HmacData(mechanism.Hash(), _credential.ServerKey.Span, signed);
        return new SaslStep.Success(Encoding.UTF8.GetBytes("v=" + Convert.ToBase64String(signature)), _first.User);
    }

    /// <summary>The proof is the client's key, veiled with a signature that only holders of the stored key can make.</summary>
    private bool Proves(byte[] proof, byte[] signed)
    {
        if (proof.Length != mechanism.KeyLength()) return false;

        var clientKey = CryptographicOperations.HmacData(mechanism.Hash(), _credential.StoredKey.Span, signed);
        for (var i = 0; i < clientKey.Length; i++) clientKey[i] ^= proof[i];
        var storedKey = CryptographicOperations.HashData(mechanism.Hash(), clientKey);
        return CryptographicOperations.FixedTimeEquals(storedKey, _credential.StoredKey.Span);
    }
}
