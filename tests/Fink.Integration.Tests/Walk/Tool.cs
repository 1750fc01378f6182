using System.Diagnostics;
using Fink.TestSupport;

namespace Fink.Integration.Tests.Walk;

/// <summary>The built command, run as its users run it: a process of its own.</summary>
internal static class Tool
{
    /// <summary>The command's assembly stands beside the tests, which refer to it.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "fink-kafka.dll");

    /// <summary>An environment in which nothing of the user's own is found.</summary>
    public static ProcessStartInfo Start(string folder, string program, params IEnumerable<string> arguments)
    {
        // A run in a shell's background ignores SIGINT, one under nohup SIGHUP, and so do the programs that they start, whatever they are sent.
        var start = new ProcessStartInfo(
            OperatingSystem.IsLinux() ? "env" : program, OperatingSystem.IsLinux() ? ["--default-signal=INT,HUP", program, .. arguments] : arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment =
            {
                ["XDG_DATA_HOME"] = folder,
                ["FINK_KAFKA_DATA_DIR"] = Path.Combine(folder, "cluster"),
                ["TMPDIR"] = folder,
            },
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FINK_", StringComparison.Ordinal) && name != "FINK_KAFKA_DATA_DIR").ToList())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, string input, params IEnumerable<string> arguments) =>
        RunAsync(Start(folder, "dotnet", [Assembly, .. arguments]), input);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(ProcessStartInfo start, string input = "")
    {
        var token = TestContext.Current.CancellationToken;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = process.StandardError.ReadToEndAsync(token);
        await process.StandardInput.WriteAsync(input.AsMemory(), token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The command finds this Kafka, and no other; null for none at all.</summary>
    public static void UseKafkaHome(ProcessStartInfo start, string? kafka)
    {
        start.Environment.Remove("KAFKA_HOME");
        if (kafka is not null)
        {
            RequireKafkaHome();
            start.Environment["KAFKA_HOME"] = SharedFolder.Require(kafka);
        }
    }

    /// <summary>Skips the running test where there is no Kafka with ZooKeeper, or no Java for it.</summary>
    public static string RequireKafkaHome()
    {
        var home = SharedFolder.Require("kafka/3.9");
        var hasJava = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "java")));
        return hasJava ? home : throw SkippedException.Because("no java on PATH");
    }
}
