using System.Security.Cryptography;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Scram;

/// <summary>What a mechanism is in SASL and in cryptography.</summary>
internal static class ScramMechanisms
{
    /// <summary>What a credential may ask of a client, and of PLAIN's check here.</summary>
    public const int MinIterations = 4096;

    public const int MaxIterations = 16384;

    public static string SaslName(this ScramMechanism mechanism) => mechanism switch
    {
        ScramMechanism.ScramSha256 => "SCRAM-SHA-256",
        ScramMechanism.ScramSha512 => "SCRAM-SHA-512",
        _ => throw new ArgumentOutOfRangeException(nameof(mechanism)),
    };

    public static HashAlgorithmName Hash(this ScramMechanism mechanism) => mechanism switch
    {
        ScramMechanism.ScramSha256 => HashAlgorithmName.SHA256,
        ScramMechanism.ScramSha512 => HashAlgorithmName.SHA512,
        _ => throw new ArgumentOutOfRangeException(nameof(mechanism)),
    };

    /// <summary>The length of its keys, in bytes.</summary>
    public static int KeyLength(this ScramMechanism mechanism) => mechanism == ScramMechanism.ScramSha256 ? 32 : 64;
}
