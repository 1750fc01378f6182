using System.Security.Cryptography;
using System.Text;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Scram;

/// <summary>
/// What is kept of a password: enough to check a proof (RFC 5802, section 3), not enough to log in with. The salted password,
/// which would be, is never stored.
/// </summary>
internal sealed class ScramCredential(ScramMechanism mechanism, byte[] salt, int iterations, byte[] storedKey, byte[] serverKey)
{
    public ScramMechanism Mechanism { get; } = mechanism;

    public ReadOnlyMemory<byte> Salt { get; } = salt;

    public int Iterations { get; } = iterations;

    public ReadOnlyMemory<byte> StoredKey { get; } = storedKey;

    public ReadOnlyMemory<byte> ServerKey { get; } = serverKey;

    public static ScramCredential FromPassword(ScramMechanism mechanism, string password, byte[] salt, int iterations) =>
        FromSaltedPassword(mechanism, SaltedPassword(mechanism, Encoding.UTF8.GetBytes(password), salt, iterations), salt, iterations);

    /// <summary>As admin clients send it over the wire.</summary>
    public static ScramCredential FromSaltedPassword(ScramMechanism mechanism, byte[] saltedPassword, byte[] salt, int iterations)
    {
        var hash = mechanism.Hash();
        var clientKey = CryptographicOperations.HmacData(hash, saltedPassword, "Client Key"u8);
        var storedKey = CryptographicOperations.HashData(hash, clientKey);
        var serverKey = CryptographicOperations.HmacData(hash, saltedPassword, "Server Key"u8);
        return new ScramCredential(mechanism, salt, iterations, storedKey, serverKey);
    }

    /// <summary>Whether a password is the one; takes as long for a wrong one.</summary>
    public bool Verify(ReadOnlySpan<byte> password)
    {
        var offered = FromSaltedPassword(
            Mechanism, SaltedPassword(Mechanism, password, Salt.Span, Iterations), Salt.ToArray(), Iterations);
        return CryptographicOperations.FixedTimeEquals(offered.StoredKey.Span, StoredKey.Span);
    }

    private static byte[] SaltedPassword(
        ScramMechanism mechanism, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, mechanism.Hash(), mechanism.KeyLength());
}
