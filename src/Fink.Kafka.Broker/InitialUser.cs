using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker;

/// <summary>Somebody who can log in from the first start on.</summary>
/// <param name="password">Used to make the credentials that are kept; not kept itself.</param>
/// <param name="mechanisms">Both where none is given.</param>
public sealed class InitialUser(string name, string password, params IReadOnlyList<ScramMechanism> mechanisms)
{
    public string Name { get; } = name;

    public IReadOnlyList<ScramMechanism> Mechanisms { get; } =
        mechanisms.Count > 0 ? mechanisms : [ScramMechanism.ScramSha512, ScramMechanism.ScramSha256];

    /// <summary>Of each mechanism's hash, 4096 to 16384; the least, Kafka's default, where nothing is said.</summary>
    public int Iterations { get; init; } = Security.Scram.ScramMechanisms.MinIterations;

    internal string Password { get; } = password;
}
