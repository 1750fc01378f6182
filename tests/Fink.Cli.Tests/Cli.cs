using Fink.Cli.Terminals;

namespace Fink.Cli.Tests;

/// <summary>Runs the command in this process, on a machine of the test's own: no home, no cluster, no terminal.</summary>
internal sealed class Cli : IDisposable
{
    public string Folder { get; } = System.IO.Directory.CreateTempSubdirectory("fink-cli-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    public string Input { get; set; } = "";

    public bool IsTerminal { get; set; }

    public Queue<ConsoleKeyInfo> Keys { get; } = [];

    public Cli()
    {
        Environment["HOME"] = Folder;
        Environment["XDG_DATA_HOME"] = Folder;
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public Task<CliResult> RunAsync(string commandLine) => RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public async Task<CliResult> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var surroundings = new Surroundings
        {
            Terminal = new Terminal
            {
                In = new StringReader(Input),
                Out = output,
                Error = error,
                IsInputTerminal = IsTerminal,
                IsOutputTerminal = IsTerminal,
                IsErrorTerminal = IsTerminal,
                ReadKey = Keys.Dequeue,
            },
            Environment = Environment,
            Directory = Folder,
        };
        var exitCode = await CommandLine.RunAsync(args, surroundings, TestContext.Current.CancellationToken);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }

    public void Dispose() => System.IO.Directory.Delete(Folder, recursive: true);
}

internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
