namespace Fink.Cli.Errors;

/// <summary>The command did what it could, and the result is not what was asked for.</summary>
internal sealed class CommandFailedException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
