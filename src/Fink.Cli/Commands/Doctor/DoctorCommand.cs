using Fink.Cli.Diagnosis;
using Fink.Cli.Errors;
using Fink.Cli.Output;
using Fink.Kafka;
using Fink.Kafka.Cluster;
using Fink.Kafka.Properties;

namespace Fink.Cli.Commands.Doctor;

internal static class DoctorCommand
{
    public static Verb Create() => new(
        "doctor",
        "Check what a run needs on this machine and of the cluster, and say what to do about each thing missing: exit 0 or 1",
        RunAsync,
        "doctor",
        "doctor --bootstrap-server kafka.example.org:9093 --command-config bob.properties -o json");

    private static async Task<int> RunAsync(Invocation run)
    {
        List<Finding> findings = [.. new MachineExamination(run.Time).Look()];
        var files = new List<string>();
        ClusterDescription? own = null;
        try
        {
            own = run.Cluster.Local.Describe();
            files.AddRange(own?.Credentials.Values ?? []);
        }
        catch (ClusterException error)
        {
            findings.Add(Finding.Missing("data folder", error.Message, "give another --data-dir, or put its cluster.json right"));
        }

        if (run.Settings.CommandConfig.Value is { } config)
        {
            files.Add(run.Settings.FullPath(config));
        }

        if (IsElsewhere(run, own))
        {
            findings.Add(Finding.Skipped("data folder", $"the cluster is elsewhere ({run.Settings.BootstrapServers.Origin})"));
            findings.Add(Finding.Skipped("Kafka", "a cluster elsewhere brings its own, and its own Java"));
        }
        else
        {
            var isRunning = own is not null && (await run.Cluster.Local.StatusAsync(run.Cluster.Timeout, run.Cancellation)).Processes.Any(process => process.ProcessId is not null);
            var local = new LocalExamination(run.Cluster.Local, run.Settings.KafkaHome.Value, run.Variable);
            findings.AddRange(await local.LookAsync(own, isRunning, run.Cancellation));
        }

        findings.AddRange(SecretFiles.Look(files));
        findings.AddRange(await ClusterAsync(run, own));
        return Write(run, findings);
    }

    private static bool IsElsewhere(Invocation run, ClusterDescription? own) =>
        run.Settings.BootstrapServers.Value is { } servers && own is null && run.Settings.DataDir.IsDefault
        && !servers.Split(',').All(server => HostOf(server) is "localhost" or "127.0.0.1" or "::1");

    private static string HostOf(string server) => server.LastIndexOf(':') is > 0 and var colon ? server[..colon].Trim('[', ']', ' ') : server.Trim();

    private static async Task<IReadOnlyList<Finding>> ClusterAsync(Invocation run, ClusterDescription? own)
    {
        KafkaConnection connection;
        try
        {
            connection = run.Cluster.Connect("admin");
        }
        catch (CommandFailedException) when (own is null)
        {
            // A machine without a cluster lacks nothing.
            return [Finding.Skipped("reach", "no cluster is named, and none was started here: fink-kafka start makes one")];
        }
        catch (ClientPropertiesException error)
        {
            return [Finding.Missing("credentials", error.Message, "give another --command-config")];
        }
        catch (ClusterException error)
        {
            return [Finding.Skipped("reach", error.Message)];
        }

        return await new ClusterExamination(connection, run.Time).LookAsync(run.Cancellation);
    }

    private static int Write(Invocation run, IReadOnlyList<Finding> findings)
    {
        run.Renderer.Write(ListResult.Of(
            findings,
            "nothing was checked",
            new Column<Finding>("Check", "check", finding => finding.Check),
            new Column<Finding>("State", "state", finding => finding.State.ToString().ToLowerInvariant()),
            new Column<Finding>("Found", "found", finding => finding.Found),
            new Column<Finding>("What to do", "advice", finding => finding.Advice)));
        var missing = findings.Count(finding => finding.State == FindingState.Missing);
        var warnings = findings.Count(finding => finding.State == FindingState.Warning);
        run.Note(missing > 0 ? $"{missing} missing, see what to do beside it" : warnings > 0 ? $"nothing is missing; {warnings} to look at" : "nothing is missing");
        return missing > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
