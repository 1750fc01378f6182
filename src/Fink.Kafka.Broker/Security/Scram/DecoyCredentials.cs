using System.Security.Cryptography;
using System.Text;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Scram;

/// <summary>
/// A credential for a user there is none of: the exchange then takes the same course, with a salt that stays the same from try to
/// try, and fails at its end. Who guesses names learns nothing.
/// </summary>
/// <param name="secret">Known to this broker only; a new one at each start would let restarts tell decoys from users.</param>
internal sealed class DecoyCredentials(byte[] secret)
{
    private const int SaltLength = 16;

    public ScramCredential For(string user, ScramMechanism mechanism)
    {
        var seed = HMACSHA512.HashData(secret, Encoding.UTF8.GetBytes(mechanism.SaslName() + "," + user));
        var keys = HMACSHA512.HashData(secret, seed);
        var length = mechanism.KeyLength();
        return new ScramCredential(
            mechanism, seed[..SaltLength], ScramMechanisms.MinIterations, keys[..length], seed[..length]);
    }
}
