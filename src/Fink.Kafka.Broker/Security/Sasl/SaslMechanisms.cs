using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Sasl;

/// <summary>The mechanisms that a listener lets clients choose from (<c>sasl.enabled.mechanisms</c>).</summary>
internal sealed class SaslMechanisms(IReadOnlyList<string> enabled, ICredentials credentials, DecoyCredentials decoys)
{
    public const string Plain = "PLAIN";

    /// <summary>All that there are, the strongest first.</summary>
    public static readonly IReadOnlyList<string> Known =
        [ScramMechanism.ScramSha512.SaslName(), ScramMechanism.ScramSha256.SaslName(), Plain];

    public IReadOnlyList<string> Enabled { get; } = enabled;

    /// <summary>A new exchange; null where the mechanism is not enabled.</summary>
    public ISaslServer? Begin(string mechanism)
    {
        if (!Enabled.Contains(mechanism)) return null;

        return mechanism switch
        {
            "SCRAM-SHA-256" => new ScramServer(ScramMechanism.ScramSha256, credentials, decoys),
            "SCRAM-SHA-512" => new ScramServer(ScramMechanism.ScramSha512, credentials, decoys),
            Plain => new PlainServer(credentials, decoys),
            _ => null,
        };
    }
}
