using System.Diagnostics;
using Fink.TestSupport;

namespace Fink.Integration.Tests.Packaging;

/// <summary>The tool as its users get it: packed, installed into a folder of its own, run from there.</summary>
public sealed class PackedToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-kafka-pack-").FullName;

    [Fact]
    public async Task The_packed_tool_installs_and_runs()
    {
        var root = Checkout.Root;
        var packages = Path.Combine(_folder, "packages");
        var tools = Path.Combine(_folder, "tools");
        await RunAsync("dotnet", root, "pack", "src/Fink.Cli/Fink.Cli.csproj", "--configuration", "Release", "--output", packages, "--nologo");
        var config = Path.Combine(_folder, "nuget.config");
        await File.WriteAllTextAsync(
            config,
            $"""<configuration><packageSources><clear/><add key="packed" value="{packages}"/></packageSources></configuration>""",
            TestContext.Current.CancellationToken);

        await RunAsync("dotnet", _folder, "tool", "install", "fink-kafka", "--tool-path", tools, "--configfile", config);

        var tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "fink-kafka.exe" : "fink-kafka");
        Assert.Matches(@"^\d+\.\d+\.\d+", await RunAsync(tool, _folder, "--version"));
        // Evaluating a rule without a broker loads DuckDB, and listing topics loads librdkafka: both must be in the package.
        var night = Path.Combine(_folder, "night");
        await RunAsync(tool, _folder, "simulate", "--alerts", "5", "--files", "1", "--out", night);
        var (exitCode, _, error) = await TryRunAsync(tool, _folder, "topic", "list", "--bootstrap-server", "127.0.0.1:1", "--timeout", "3s");
        Assert.Equal(4, exitCode);
        Assert.Contains("127.0.0.1:1", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        var (exitCode, output, error) = await TryRunAsync(program, folder, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} exited {exitCode}: {output}{error}");
        return output;
    }

    private static async Task<(int ExitCode, string Output, string Error)> TryRunAsync(
        string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["XDG_DATA_HOME"] = folder, ["FINK_HOME"] = folder, ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
