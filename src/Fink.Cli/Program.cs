using System.Collections;
using System.Runtime.InteropServices;
using Fink.Cli;
using Fink.Cli.Terminals;

using var interruption = new CancellationTokenSource();
int? signalled = null;
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitCode.Interrupted));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ExitCode.Terminated));

var surroundings = new Surroundings
{
    Terminal = ProcessTerminal.Open(),
    Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""),
    Directory = Environment.CurrentDirectory,
};
var exitCode = await CommandLine.RunAsync(args, surroundings, interruption.Token);
return signalled ?? exitCode;

// The first signal asks the command to end cleanly; a second one ends the process at once, as by default.
void Stop(PosixSignalContext context, int code)
{
    context.Cancel = signalled is null;
    signalled ??= code;
    interruption.Cancel();
}
