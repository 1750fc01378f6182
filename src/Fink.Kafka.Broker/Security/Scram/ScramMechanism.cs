using System.Security.Cryptography;

namespace Fink.Kafka.Broker.Security.Scram;

/// <summary>Under Kafka's codes.</summary>
internal enum ScramMechanism : sbyte
{
    Unknown = 0,
    Sha256 = 1,
    Sha512 = 2,
}

internal static class ScramMechanisms
{
    /// <summary>What a credential may ask of a client, and of PLAIN's check here.</summary>
    public const int MinIterations = 4096;

    public const int MaxIterations = 16384;

    public static string SaslName(this ScramMechanism mechanism) => mechanism switch
    {
        ScramMechanism.Sha256 => "SCRAM-SHA-256",
        ScramMechanism.Sha512 => "SCRAM-SHA-512",
        _ => throw new ArgumentOutOfRangeException(nameof(mechanism)),
    };

    public static HashAlgorithmName Hash(this ScramMechanism mechanism) => mechanism switch
    {
        ScramMechanism.Sha256 => HashAlgorithmName.SHA256,
        ScramMechanism.Sha512 => HashAlgorithmName.SHA512,
        _ => throw new ArgumentOutOfRangeException(nameof(mechanism)),
    };

    /// <summary>The length of its keys, in bytes.</summary>
    public static int KeyLength(this ScramMechanism mechanism) => mechanism == ScramMechanism.Sha256 ? 32 : 64;
}
