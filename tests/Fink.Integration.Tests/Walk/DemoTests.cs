using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fink.TestSupport;
using Fink.TestSupport.Terminals;

namespace Fink.Integration.Tests.Walk;

/// <summary>The demo as somebody runs it who has only just built the tool.</summary>
public sealed partial class DemoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-demos-").FullName;

    [Fact]
    public async Task Every_count_is_right_and_nothing_is_left()
    {
        var (exitCode, output, error) = await Tool.RunAsync(_folder, "", "demo", "-o", "json");

        Assert.True(exitCode == 0, output + error);
        var result = JsonDocument.Parse(output).RootElement;
        Assert.True(result.GetProperty("ok").GetBoolean());
        Assert.Equal(1000, result.GetProperty("alerts").GetInt64());
        Assert.All(result.GetProperty("topics").EnumerateArray(), topic => Assert.InRange(topic.GetProperty("found").GetInt64(), 10, 500));
        Assert.Contains("10/10 Look at one alert", error, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task What_is_kept_goes_on_and_each_printed_command_does_what_it_says()
    {
        var (exitCode, output, error) = await Tool.RunAsync(_folder, "", "demo", "--keep", "--alerts", "200");
        Assert.True(exitCode == 0, output + error);
        var folder = Assert.Single(Directory.GetDirectories(_folder, "fink-demo-*"));
        try
        {
            // A line's end behind a backslash is a blank.
            var commands = Command().Matches(output.Replace("\\\n", " ", StringComparison.Ordinal)).Select(match => match.Groups[1].Value).ToList();
            Assert.InRange(commands.Count, 14, 20);
            foreach (var command in commands.Where(command => !command.StartsWith("stop", StringComparison.Ordinal)))
            {
                var again = await Tool.RunAsync(folder, "", command.Split(' ', StringSplitOptions.RemoveEmptyEntries));

                var expected = command.Contains("ben.properties", StringComparison.Ordinal) ? 5 : 0;
                Assert.True(again.ExitCode == expected, $"{command}: {again.ExitCode}\n{again.Output}{again.Error}");
            }

            var inTopic = await Tool.RunAsync(folder, "", Assert.Single(commands, command => command.Contains("-o tsv", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Assert.Matches($@"fink_rrlyr_ztf +{inTopic.Output.Split('\n').Length - 1} ", output);
        }
        finally
        {
            var stopped = await Tool.RunAsync(folder, "", "stop", "--data-dir", "cluster");
            Assert.Equal(0, stopped.ExitCode);
            Directory.Delete(folder, recursive: true);
        }

        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("1/10 ")]
    [InlineData("2/10 ")]
    [InlineData("6/10 ")]
    [InlineData("9/10 ")]
    public async Task Ctrl_C_leaves_nothing_behind(string step)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var terminal = new PseudoTerminal(
            $"cd '{_folder}'; dotnet '{Tool.Assembly}' demo --alerts 500",
            100,
            new Dictionary<string, string> { ["XDG_DATA_HOME"] = _folder, ["TMPDIR"] = _folder, ["TERM"] = "xterm", ["LANG"] = "C.UTF-8" });

        await terminal.UntilShownAsync(step, cancel);
        terminal.Type("\u0003");

        var exitCode = await terminal.ExitAsync(cancel);
        Assert.True(exitCode == 130, terminal.Shown);
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_signal_leaves_nothing_behind(string signal, int expected)
    {
        using var demo = await BeginAsync();

        using var kill = Process.Start("kill", ["-s", signal, $"{demo.Id}"]);
        await demo.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, demo.ExitCode);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_demo_that_is_killed_leaves_no_broker()
    {
        using var demo = await BeginAsync();
        using var broker = Assert.Single(Process.GetProcesses(), process => process.Id != demo.Id && CommandLineOf(process.Id).Contains(_folder, StringComparison.Ordinal));

        demo.Kill();
        await broker.WaitForExitAsync(TestContext.Current.CancellationToken);

        Directory.Delete(Assert.Single(Directory.GetDirectories(_folder, "fink-demo-*")), recursive: true);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Where_the_locale_is_not_UTF_8_all_of_it_is_ASCII()
    {
        var start = Tool.Start(_folder, "dotnet", Tool.Assembly, "demo", "--alerts", "200");
        start.Environment["LC_ALL"] = "C";

        var (exitCode, output, _) = await Tool.RunAsync(start);

        Assert.Equal(0, exitCode);
        Assert.All(output, letter => Assert.True(char.IsAscii(letter), $"'{letter}'"));
        Assert.Contains("@ this alert", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A demo whose broker runs.</summary>
    private async Task<Process> BeginAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw SkippedException.Because("processes are looked for in Linux's /proc, and signals are sent by kill");
        }

        var demo = Process.Start(Tool.Start(_folder, "dotnet", Tool.Assembly, "demo", "--alerts", "500"))!;
        while (await demo.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("2/10", StringComparison.Ordinal))
        {
        }

        return demo;
    }

    private void AssertNothingIsLeft()
    {
        Assert.Empty(Directory.GetDirectories(_folder, "fink-demo-*"));
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain(Process.GetProcesses(), process => CommandLineOf(process.Id).Contains(_folder, StringComparison.Ordinal));
        }
    }

    private static string CommandLineOf(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ""; // It has ended meanwhile, or is not ours.
        }
    }

    [GeneratedRegex(@"^ +(?:\$ )?fink-kafka ([^#\n]*?) *(?:#.*)?$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
