using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Fink.Cli.Output;
using Fink.Kafka.Cluster;

namespace Fink.Cli.Diagnosis;

/// <summary>What <c>start</c> needs of this machine: a data folder, a port, and Java and Kafka for the modes that run them.</summary>
internal sealed partial class LocalExamination(LocalCluster local, string? kafkaHome, Func<string, string?> environment)
{
    private const long LeastBytes = 500_000_000;
    private const long EnoughBytes = 5_000_000_000;
    private const int LeastJava = 17;

    public async Task<IReadOnlyList<Finding>> LookAsync(ClusterDescription? cluster, bool isRunning, CancellationToken cancellationToken) =>
    [
        .. DataFolder(),
        .. Ports(cluster, isRunning),
        .. await KafkaAsync(cluster, cancellationToken),
    ];

    private IEnumerable<Finding> DataFolder()
    {
        var folder = local.Layout.DataDir;
        var there = folder;
        while (!Directory.Exists(there))
        {
            there = Path.GetDirectoryName(there)!;
        }

        yield return Writable(folder, there);
        var free = new DriveInfo(there).AvailableFreeSpace;
        yield return free switch
        {
            < LeastBytes => Finding.Missing("disk", $"{ByteSize.Format(free)} free at {there}", "make room, or choose another --data-dir: a broker that cannot write refuses alerts"),
            < EnoughBytes => Finding.Warning("disk", $"{ByteSize.Format(free)} free at {there}", "a night of a survey may be larger: make room, or choose another --data-dir"),
            _ => Finding.Ok("disk", $"{ByteSize.Format(free)} free at {there}"),
        };
    }

    private static Finding Writable(string folder, string there)
    {
        var probe = Path.Combine(there, $".fink-kafka-doctor-{Environment.ProcessId}");
        try
        {
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
                return Finding.Ok("data folder", there == folder ? $"{folder} is writable" : $"{folder} can be made");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Finding.Missing("data folder", $"{there} cannot be written to: {error.Message}", $"chown it to who runs this, or choose another --data-dir");
        }
    }

    private static IEnumerable<Finding> Ports(ClusterDescription? cluster, bool isRunning)
    {
        var addresses = cluster?.BootstrapServers.Split(',').Select(HostPort.Parse).ToList() ?? [Prerequisites.DefaultListen];
        foreach (var address in addresses)
        {
            if (isRunning)
            {
                yield return Finding.Ok("port", $"{address} is the running cluster's");
                continue;
            }

            // Where the cluster is advertised under another name, its own address is the wildcard.
            yield return PortOf(address);
        }
    }

    private static Finding PortOf(HostPort address)
    {
        try
        {
            Prerequisites.RequireFree(address);
            return Finding.Ok("port", $"{address} is free");
        }
        catch (ClusterException error)
        {
            return Finding.Missing("port", error.Message, $"stop what has it, or start with --listen {address.Host}:PORT");
        }
    }

    private async Task<IReadOnlyList<Finding>> KafkaAsync(ClusterDescription? cluster, CancellationToken cancellationToken)
    {
        if (cluster?.Mode == ClusterMode.Embedded)
        {
            return [Finding.Skipped("Kafka", "the cluster of the data folder is embedded"), Finding.Skipped("Java", "the embedded broker needs none")];
        }

        Finding kafka;
        try
        {
            if (Prerequisites.FindKafka(kafkaHome ?? cluster?.KafkaHome, environment) is not { } home)
            {
                return
                [
                    Finding.Skipped("Kafka", "none is named or installed, so start runs the embedded broker; for --mode kraft or zookeeper: fink-kafka install, or KAFKA_HOME"),
                    Finding.Skipped("Java", "only --mode kraft and zookeeper need it"),
                ];
            }

            kafka = Finding.Ok("Kafka", $"{home.Version} in {home.Folder}");
        }
        catch (ClusterException error)
        {
            kafka = Finding.Missing("Kafka", error.Message, "unset KAFKA_HOME for the embedded broker, or name the folder that has bin/ and libs/");
        }

        return [kafka, await JavaAsync(cancellationToken)];
    }

    private async Task<Finding> JavaAsync(CancellationToken cancellationToken)
    {
        const string advice = "install a Java 17 runtime, or start --mode embedded, which needs none";
        try
        {
            var program = Prerequisites.FindJava(environment);
            var text = await AskVersionAsync(program, cancellationToken);
            var version = VersionOf(text);
            return version >= LeastJava
                ? Finding.Ok("Java", $"{version} ({program})")
                : Finding.Missing("Java", version is null ? $"{program} does not say its version" : $"{program} is Java {version}", advice);
        }
        catch (ClusterException error)
        {
            return Finding.Missing("Java", error.Message, advice);
        }
        catch (Win32Exception error)
        {
            return Finding.Missing("Java", $"it does not run: {error.Message}", advice);
        }
    }

    /// <summary>From <c>openjdk version "17.0.9" …</c>; the old <c>1.8.0</c> is 8.</summary>
    internal static int? VersionOf(string text) =>
        JavaVersion().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].Value) : null;

    private static async Task<string> AskVersionAsync(string program, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, "-version") { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var text = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return await text;
    }

    [GeneratedRegex("version \"(?:1\\.)?(\\d{1,5})")]
    private static partial Regex JavaVersion();
}
