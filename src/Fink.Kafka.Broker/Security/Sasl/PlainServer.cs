using System.Text;
using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Sasl;

/// <summary>
/// PLAIN (RFC 4616): one token, <c>[authzid] NUL user NUL password</c>. The password is checked against the user's SCRAM credential,
/// so that no password is kept; SHA-512's where there are both.
/// </summary>
internal sealed class PlainServer(ICredentials credentials, DecoyCredentials decoys) : ISaslServer
{
    public SaslStep Next(ReadOnlySpan<byte> token)
    {
        var first = token.IndexOf((byte)0);
        var second = first < 0 ? -1 : token[(first + 1)..].IndexOf((byte)0);
        if (second < 0) return new SaslStep.Failure("a PLAIN token has three parts");

        var authorizationId = Encoding.UTF8.GetString(token[..first]);
        var user = Encoding.UTF8.GetString(token.Slice(first + 1, second));
        var password = token[(first + 1 + second + 1)..];
        if (user.Length == 0 || password.IsEmpty || password.Contains((byte)0))
        {
            return new SaslStep.Failure("a PLAIN token needs a user and a password");
        }

        var known = credentials.Find(user, ScramMechanism.ScramSha512) ?? credentials.Find(user, ScramMechanism.ScramSha256);
        // Made for those who are known, too: the time that it takes would tell the others.
        var decoy = decoys.For(user, ScramMechanism.ScramSha512);
        var matches = (known ?? decoy).Verify(password);
        if (known is null) return new SaslStep.Failure($"no user {user}");
        if (!matches) return new SaslStep.Failure($"wrong password for {user}");
        return authorizationId.Length == 0 || authorizationId == user
            ? new SaslStep.Success([], user)
            : new SaslStep.Failure($"{user} asks to act as {authorizationId}");
    }
}
