using Fink.Cli.Terminals;

namespace Fink.Cli.Commands.Demo;

/// <summary>
/// Runs command lines as a shell would, but in this process: in the demo's folder, with nobody at the keyboard, and with none
/// of the user's own settings, which would lead elsewhere.
/// </summary>
internal sealed class DemoTool(string folder, bool isKept, Terminal terminal, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    private static readonly string[] Foreign = ["FINK_", "DISTRIBUTION_", "KAFKA_", "ZK_"];

    /// <summary>What of the environment would change what the demo's commands do.</summary>
    public static bool IsForeign(string variable) => Foreign.Any(start => variable.StartsWith(start, StringComparison.Ordinal));

    /// <returns>The exit code; errors are on the terminal.</returns>
    public Task<int> RunAsync(string command, TextWriter output, CancellationToken cancellationToken) => CommandLine.RunAsync(
        command.Split(' '),
        new Surroundings
        {
            Terminal = new Terminal
            {
                In = TextReader.Null,
                Out = output,
                Error = terminal.Error,
                IsOutputTerminal = terminal.IsOutputTerminal,
                IsErrorTerminal = terminal.IsErrorTerminal,
                IsUtf8 = terminal.IsUtf8,
                Width = terminal.Width,
                ErrorWidth = terminal.ErrorWidth,
            },
            Environment = environment.Where(variable => !IsForeign(variable.Key)).ToDictionary(variable => variable.Key, variable => variable.Value),
            Directory = folder,
            OwnsServers = !isKept,
            Time = time,
        },
        cancellationToken);
}
