using System.Collections;
using Fink.Cli;
using Fink.Cli.Terminals;

using var interruption = new Interruption();
var surroundings = new Surroundings
{
    Terminal = ProcessTerminal.Open(),
    Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""),
    Directory = Environment.CurrentDirectory,
    Interruption = interruption,
};
var exitCode = await CommandLine.RunAsync(args, surroundings, interruption.Token);
return interruption.ExitCode ?? exitCode;
