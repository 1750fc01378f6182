using Fink.Cli.Terminals;

namespace Fink.Cli;

/// <summary>All that a command sees of the machine beside the cluster, so that a test can be the machine.</summary>
internal sealed record Surroundings
{
    public required Terminal Terminal { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>What relative paths and the default rules file are relative to.</summary>
    public required string Directory { get; init; }

    /// <summary>The process's signals; null where there is no process of our own.</summary>
    public Interruption? Interruption { get; init; }

    /// <summary>Whether what a command starts shall not outlive this process, even where it is killed.</summary>
    public bool OwnsServers { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The variable's value; an empty one counts as not set.</summary>
    public string? Variable(string name) =>
        Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
