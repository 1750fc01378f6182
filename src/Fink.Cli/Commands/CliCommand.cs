using System.CommandLine;

namespace Fink.Cli.Commands;

/// <summary>A command with the examples that its help ends with.</summary>
internal class CliCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Command lines that work as they stand, without the tool's name.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>A command that does something: it declares its options and delegates.</summary>
internal sealed class Verb : CliCommand
{
    public Verb(string name, string description, Func<Invocation, Task<int>> run, params IReadOnlyList<string> examples)
        : base(name, description, examples)
    {
        Run = run;
        // Tells the parser that the command may end here, also where it has commands below it. It is never invoked.
        SetAction(_ => { });
    }

    public Func<Invocation, Task<int>> Run { get; }
}
