using System.Diagnostics;

namespace Fink.Cli.Tests.Completions;

/// <summary>The scripts in the shells that they are for.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly Cli _cli = new();

    [Theory]
    [InlineData("topic de", "describe delete")]
    [InlineData("start --mode=k", "kraft")]
    [InlineData("start --mode ", "embedded kraft zookeeper")]
    [InlineData("--bootstrap-server 127.0.0.1:1 consume -o c", "curve")]
    [InlineData("topic describe --bootstrap-server 127.0.0.1:1 ", "")]
    [InlineData("user verify -c none.conf a", "")]
    public async Task In_bash_the_script_answers_as_a_key_would_ask(string line, string expected)
    {
        var words = line.Replace("=", " = ", StringComparison.Ordinal).Split(' ').Select(word => $"'{word}'").ToList();

        var (exitCode, output, error) = await RunAsync("bash", $"""
            source ./script
            COMP_LINE='fink-kafka {line}' COMP_POINT={"fink-kafka ".Length + line.Length}
            COMP_WORDS=(fink-kafka {string.Join(' ', words)}) COMP_CWORD={words.Count}
            _fink_kafka
            echo "$?:$COMP_CWORD:${"{"}COMPREPLY[*]{"}"}"
            """);

        Assert.Empty(error);
        Assert.Equal((0, $"0:{words.Count}:{expected}"), (exitCode, output.TrimEnd('\n')));
    }

    [Theory]
    [InlineData("bash", "bash -n script")]
    [InlineData("zsh", "zsh -n script")]
    [InlineData("fish", "fish --no-execute script")]
    public async Task A_shell_takes_its_script(string shell, string check)
    {
        var (exitCode, output, error) = await RunAsync(shell, check);

        Assert.Equal((0, "", ""), (exitCode, output, error));
    }

    [Fact]
    public async Task In_fish_the_script_answers_with_descriptions()
    {
        var (_, output, error) = await RunAsync("fish", "fish --no-config -c 'source ./script; complete -C \"fink-kafka topic desc\"'");

        Assert.Empty(error);
        Assert.Equal("describe\tShow partitions and settings of topics", output.TrimEnd('\n'));
    }

    [Fact]
    public async Task A_shell_that_there_is_no_script_for_is_refused()
    {
        var result = await _cli.RunAsync("completion", "tcsh");

        Assert.Equal(2, result.ExitCode);
        Assert.All(["'tcsh'", "bash", "zsh", "fish", "pwsh"], word => Assert.Contains(word, result.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task A_script_names_the_command_and_nothing_else_is_printed(string shell)
    {
        var result = await _cli.RunAsync("completion", shell);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("fink-kafka", result.Output, StringComparison.Ordinal);
        Assert.Contains(" complete --", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();

    /// <summary>Runs bash with the shell's script in a file <c>script</c>, and the tool under its name.</summary>
    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string shell, string command)
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, shell)) && File.Exists("/bin/bash"));
        Assert.SkipUnless(isThere, $"no {shell} on PATH");
        _cli.Write("script", (await _cli.RunAsync("completion", shell)).Output);
        var tool = _cli.Write("bin/fink-kafka", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "fink-kafka.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo("/bin/bash", ["--norc", "-c", command])
        {
            WorkingDirectory = _cli.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = $"{Path.Combine(_cli.Folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["HOME"] = _cli.Folder,
                ["XDG_DATA_HOME"] = _cli.Folder,
                ["XDG_CONFIG_HOME"] = _cli.Folder,
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
