using System.Security.Cryptography;

namespace Fink.Kafka.Cluster.Security;

internal static class Passwords
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 32;

    /// <summary>190 bits, in letters and digits that no file format or shell needs to escape.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, Length);
}
