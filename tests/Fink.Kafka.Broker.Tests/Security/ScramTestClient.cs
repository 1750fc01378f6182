using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fink.Kafka.Broker.Tests.Security;

// Fink.Kafka, which is nearer, has one of its own.
using ScramMechanism = Fink.Kafka.Protocol.Values.ScramMechanism;

/// <summary>The client's half of SCRAM, from the RFC alone.</summary>
/// <param name="repeatsNonce">Its own part of the nonce comes twice in the last message, as from librdkafka before 2.8.</param>
internal sealed class ScramTestClient(ScramMechanism mechanism, string user, string password, bool repeatsNonce = false)
{
    private readonly string _bare = $"n={user},r=fyko";

    public byte[] First() => Encoding.UTF8.GetBytes("n,," + _bare);

    public byte[] Final(ReadOnlySpan<byte> serverFirst)
    {
        var challenge = Encoding.UTF8.GetString(serverFirst);
        var parts = challenge.Split(',').Select(part => part[2..]).ToArray();
        var hash = mechanism == ScramMechanism.ScramSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512;
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            password,
            Convert.FromBase64String(parts[1]),
            int.Parse(parts[2], CultureInfo.InvariantCulture),
            hash,
            mechanism == ScramMechanism.ScramSha256 ? 32 : 64);
        var clientKey = CryptographicOperations.HmacData(hash, salted, "Client Key"u8);
        var withoutProof = $"c=biws,r={(repeatsNonce ? "fyko" : "")}{parts[0]}";
        var signature = CryptographicOperations.HmacData(
            hash, CryptographicOperations.HashData(hash, clientKey), Encoding.UTF8.GetBytes($"{_bare},{challenge},{withoutProof}"));
        var proof = clientKey.Zip(signature, (a, b) => (byte)(a ^ b)).ToArray();
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(proof)}");
    }
}
