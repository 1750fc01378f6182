using System.Diagnostics;
using System.Text.Json;
using Fink.TestSupport;

namespace Fink.Integration.Tests.Foreign;

/// <summary>Runs the scripts of tests/foreign: readers that share no code with ours.</summary>
internal static class ForeignClient
{
    private const string Python = "/usr/bin/python3";

    /// <summary>The alerts' ids by topic, as confluent-kafka for Python and python3-avro see them; each was compared.</summary>
    public static Task<IReadOnlyDictionary<string, string[]>> ReadWithPythonAsync(
        string config, string id, string expected, IReadOnlyList<string> topics, CancellationToken cancellationToken,
        string wire = "bare", string schemas = ".")
    {
        RequirePython("confluent_kafka", "python3-confluent-kafka");
        return RunAsync(
            Python,
            [
                Script("read_with_python.py"), "--config", config, "--id", id, "--expected", expected, "--wire", wire, "--schemas", schemas,
                .. topics,
            ],
            cancellationToken);
    }

    /// <summary>What tests/foreign/read_as_fink_client.py says, which does what fink-client does.</summary>
    public static async Task<JsonDocument> ReadAsFinkClientAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        RequirePython("confluent_kafka", "python3-confluent-kafka");
        RequirePython("avro", "python3-avro");
        var (exitCode, output, errors) = await StartAsync(Python, [Script("read_as_fink_client.py"), .. arguments], cancellationToken);
        Assert.True(exitCode == 0, errors);
        return JsonDocument.Parse(output);
    }

    /// <summary>Kafka's name of the error with which it refuses a message from whoever does not log in; null where it takes it.</summary>
    public static async Task<string?> WriteWithPythonAsync(string servers, string topic, CancellationToken cancellationToken)
    {
        using var result = await ReadAsFinkClientAsync(["--servers", servers, "--group", "unused", "--write", topic], cancellationToken);
        return result.RootElement.GetProperty("error").GetString();
    }

    /// <summary>The same as kcat sees them.</summary>
    public static Task<IReadOnlyDictionary<string, string[]>> ReadWithKcatAsync(
        string config, string id, string expected, IReadOnlyList<string> topics, CancellationToken cancellationToken,
        string wire = "bare", string schemas = ".")
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "kcat"))))
        {
            throw SkippedException.Because("no kcat on PATH (Debian's package kcat)");
        }

        return RunAsync(Script("read_with_kcat.sh"), ["--wire", wire, schemas, config, id, expected, .. topics], cancellationToken);
    }

    /// <summary>What the Python script says of the differences, for a case in which it must find some.</summary>
    public static async Task<string> DifferencesAsync(
        string config, string id, string expected, string topic, CancellationToken cancellationToken)
    {
        var (exitCode, _, errors) = await StartAsync(
            Python,
            [Script("read_with_python.py"), "--config", config, "--id", id, "--expected", expected, topic],
            cancellationToken);
        Assert.Equal(1, exitCode);
        return errors;
    }

    private static async Task<IReadOnlyDictionary<string, string[]>> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        RequirePython("avro", "python3-avro");
        var (exitCode, output, errors) = await StartAsync(program, arguments, cancellationToken);
        Assert.True(exitCode == 0, $"{Path.GetFileName(program)} ended with {exitCode}: {errors}");
        using var result = JsonDocument.Parse(output);
        return result.RootElement.EnumerateObject().ToDictionary(
            topic => topic.Name,
            topic => topic.Value.GetProperty("ids").EnumerateArray().Select(one => one.ToString()).ToArray());
    }

    private static void RequirePython(string module, string package)
    {
        if (!File.Exists(Python))
        {
            throw SkippedException.Because($"no {Python}");
        }

        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", $"import {module}"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw SkippedException.Because($"{Python} has no {module} (Debian's package {package})");
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> StartAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Script(string name) => Path.Combine(Checkout.Root, "tests", "foreign", name);
}
