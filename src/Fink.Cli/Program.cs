using System.Collections;
using Fink.Cli;
using Fink.Cli.Terminals;

// Never given back: a signal that comes while the process goes must not turn a clean end into another.
var interruption = new Interruption(TimeProvider.System);
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
