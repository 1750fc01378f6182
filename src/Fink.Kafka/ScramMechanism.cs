namespace Fink.Kafka;

public enum ScramMechanism
{
    Sha256,
    Sha512,
}

public static class ScramMechanismNames
{
    /// <summary>Kafka's name: `SCRAM-SHA-256` or `SCRAM-SHA-512`.</summary>
    public static string ToKafkaName(this ScramMechanism mechanism) => mechanism switch
    {
        ScramMechanism.Sha256 => "SCRAM-SHA-256",
        ScramMechanism.Sha512 => "SCRAM-SHA-512",
        _ => throw new ArgumentOutOfRangeException(nameof(mechanism), mechanism, "Not a SCRAM mechanism."),
    };
}
