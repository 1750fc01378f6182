using System.Diagnostics;
using Fink.TestSupport;

namespace Fink.Integration.Tests.Walk;

/// <summary>What only a process of its own shows: exit codes, signals, a reader that goes away, control codes.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-process-").FullName;

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_a_command_cleanly_with_its_code(string signal, int expected)
    {
        RequireUnix();
        var start = Tool.Start(_folder, "dotnet", Tool.Assembly, "simulate", "--alerts", "1000000", "--out", "night");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!Directory.Exists(Path.Combine(_folder, "night")))
        {
            Assert.False(process.HasExited);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        using var kill = Process.Start("kill", ["-s", signal, process.Id.ToString()]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, process.ExitCode);
        Assert.DoesNotContain("   at ", await error, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(_folder, "night")), file => !Path.GetFileName(file).StartsWith('.'));
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_error_to_see()
    {
        RequireUnix();
        var start = Tool.Start(_folder, "bash", "-c", $"set -o pipefail; dotnet '{Tool.Assembly}' --help | true");

        var (exitCode, _, error) = await Tool.RunAsync(start);

        Assert.True(exitCode is 0 or 141, $"exit code {exitCode}");
        Assert.Empty(error);
    }

    [Fact]
    public async Task Without_a_terminal_no_control_code_is_written()
    {
        var (exitCode, output, error) = await Tool.RunAsync(_folder, "", "config", "show");

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain('\u001b', output + error);
    }

    [Fact]
    public async Task What_is_appended_to_a_file_by_two_commands_stays_in_their_order()
    {
        RequireUnix();
        var start = Tool.Start(_folder, "bash", "-c", $"(dotnet '{Tool.Assembly}' --version; dotnet '{Tool.Assembly}' --version) > out");

        await Tool.RunAsync(start);

        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(_folder, "out"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task An_output_whose_disk_is_full_is_one_line_and_a_failure()
    {
        if (!File.Exists("/dev/full"))
        {
            throw SkippedException.Because("no /dev/full");
        }

        var (exitCode, _, error) = await Tool.RunAsync(Tool.Start(_folder, "bash", "-c", $"dotnet '{Tool.Assembly}' --help > /dev/full"));

        Assert.Equal(1, exitCode);
        Assert.Equal("fink-kafka: cannot write the output: No space left on device", error.Trim());
    }

    [Fact]
    public async Task An_output_that_is_closed_is_one_line_and_a_failure()
    {
        RequireUnix();

        var (exitCode, _, error) = await Tool.RunAsync(Tool.Start(_folder, "bash", "-c", $"dotnet '{Tool.Assembly}' --help >&-"));

        Assert.Equal(1, exitCode);
        Assert.Equal("fink-kafka: cannot write the output: it is closed", error.Trim());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void RequireUnix()
    {
        if (OperatingSystem.IsWindows())
        {
            throw SkippedException.Because("signals and pipes of Unix");
        }
    }
}
