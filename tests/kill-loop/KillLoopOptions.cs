namespace Fink.KillLoop;

public sealed record KillLoopOptions
{
    /// <summary>The program that is killed, and its arguments; it must listen, without TLS or passwords, at <see cref="BootstrapServers"/>.</summary>
    public required IReadOnlyList<string> Broker { get; init; }

    public required string BootstrapServers { get; init; }

    public int Rounds { get; init; } = 200;

    public int Seed { get; init; } = 1;

    public TimeSpan LongestRound { get; init; } = TimeSpan.FromMilliseconds(1200);

    /// <summary>For a broker to serve after its start: a loaded machine takes its time.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromMinutes(1);
}
