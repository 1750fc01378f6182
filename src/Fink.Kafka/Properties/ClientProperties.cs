namespace Fink.Kafka.Properties;

/// <summary>
/// A client's security and tuning as Kafka's own `.properties` file says it (also with librdkafka's names), as
/// librdkafka takes it. Prints without secrets.
/// </summary>
public sealed class ClientProperties
{
    /// <summary>No security: what a PLAINTEXT listener wants.</summary>
    public static ClientProperties Plaintext { get; } = new();

    /// <summary>`bootstrap.servers` of the file, or null.</summary>
    public string? BootstrapServers { get; }

    /// <summary>The name that the client logs in with, or null without SASL.</summary>
    public string? User { get; }

    /// <summary>What the reader should know: keys that only Java knows, a password file that others can read.</summary>
    public IReadOnlyList<string> Notes { get; } = [];

    /// <summary>librdkafka's names and values, secrets included.</summary>
    internal IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <exception cref="ClientPropertiesException">The file is missing or wrong; it says where.</exception>
    public static ClientProperties Load(string path) => throw new NotImplementedException();

    /// <param name="source">What the text is called in messages.</param>
    public static ClientProperties Parse(string text, string source) => throw new NotImplementedException();

    /// <summary>SASL_PLAINTEXT with SCRAM, as a cluster that `start` made wants it.</summary>
    public static ClientProperties Scram(
        string user, Secret password, ScramMechanism mechanism = ScramMechanism.Sha512) =>
        Plaintext.WithScramUser(user, password, mechanism);

    /// <summary>The same transport (with TLS if this has it), logging in as this user by SCRAM.</summary>
    public ClientProperties WithScramUser(string user, Secret password, ScramMechanism mechanism) =>
        throw new NotImplementedException();

    /// <summary>SASL over TLS that trusts these certificates (a PEM file); null for the system's.</summary>
    public ClientProperties WithTls(string? caFile) => throw new NotImplementedException();
}
