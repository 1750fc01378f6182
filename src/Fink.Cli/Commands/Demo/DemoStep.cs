namespace Fink.Cli.Commands.Demo;

/// <summary>One thing that the demo does: what happens, and the commands that do it, which the demo runs as they are printed.</summary>
internal sealed record DemoStep(string Title, string Explanation, params IReadOnlyList<string> Commands)
{
    /// <summary>How its commands must end: what is refused must be refused.</summary>
    public int ExitCode { get; init; }
}
