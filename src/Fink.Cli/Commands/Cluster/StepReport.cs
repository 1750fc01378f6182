namespace Fink.Cli.Commands.Cluster;

/// <summary>Prints the steps of a start or stop as they come, in their order.</summary>
internal sealed class StepReport(Invocation run) : IProgress<string>
{
    public void Report(string value) => run.Note(value);
}
