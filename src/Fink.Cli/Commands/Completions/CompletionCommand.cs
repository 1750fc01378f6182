using System.CommandLine;
using System.Reflection;

namespace Fink.Cli.Commands.Completions;

internal static class CompletionCommand
{
    public static Verb Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh", HelpName = "SHELL" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        return new Verb(
            "completion",
            "Print a script that makes a shell complete commands, options, and the names of topics, users and groups",
            run => RunAsync(run, run.Get(shell)!),
            "completion bash > ~/.local/share/bash-completion/completions/fink-kafka",
            "completion zsh > ~/.zfunc/_fink-kafka",
            "completion fish > ~/.config/fish/completions/fink-kafka.fish",
            "completion pwsh >> $PROFILE")
        {
            shell,
        };
    }

    private static async Task<int> RunAsync(Invocation run, string shell)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Fink.Cli.Completions.Scripts.{shell}")
            ?? throw new InvalidOperationException($"the assembly lacks its completion script for {shell}");
        using var reader = new StreamReader(stream);
        await run.Terminal.Out.WriteAsync(await reader.ReadToEndAsync(run.Cancellation));
        return ExitCode.Done;
    }
}
