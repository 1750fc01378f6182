using System.CommandLine;
using System.Text.Json.Nodes;
using Fink.Cli.Output;
using Fink.Cli.Terminals;
using Fink.Kafka.Cluster;

namespace Fink.Cli.Commands.Cluster;

internal static class InstallCommand
{
    public static Verb Create()
    {
        var version = new Option<string?>("--version") { Description = $"Which Apache Kafka [default: {InstallOptions.DefaultVersion}]", HelpName = "V" };
        var from = new Option<string?>("--from") { Description = "A kafka_*.tgz of this machine, or its URL", HelpName = "FILE|URL" };
        var mirror = new Option<Uri?>("--mirror")
        {
            Description = "An address that has VERSION/kafka_2.13-VERSION.tgz below it [default: Apache's]",
            HelpName = "URL",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
                {
                    return uri;
                }

                result.AddError($"'{result.Tokens[0].Value}' is not an http address");
                return null;
            },
        };
        return new Verb(
            "install",
            "Put Apache Kafka where start finds it, checked against its published SHA-512",
            run => RunAsync(run, new InstallOptions
            {
                Version = run.Get(version) ?? InstallOptions.DefaultVersion,
                From = run.Get(from) is { } place && !place.Contains("://", StringComparison.Ordinal) ? run.Settings.FullPath(place) : run.Get(from),
                Mirror = run.Get(mirror),
            }),
            "install",
            "install --version 4.1.1",
            "install --from kafka_2.13-3.9.1.tgz")
        {
            version, from, mirror,
        };
    }

    private static async Task<int> RunAsync(Invocation run, InstallOptions options)
    {
        using var line = new ProgressLine(run.Terminal, run.Time);
        var progress = new SynchronousProgress<InstallProgress>(step => line.Show(
            step.TotalBytes is { } total and > 0
                ? $"{step.Step} {ByteSize.Format(step.Bytes)} of {ByteSize.Format(total)}"
                : $"{step.Step} {ByteSize.Format(step.Bytes)}"));
        var installer = new KafkaInstaller(ClusterLayout.DefaultInstallDir(run.Variable));
        var outcome = await installer.InstallAsync(options, progress, run.Cancellation);
        line.Clear();
        if (outcome.AlreadyInstalled)
        {
            run.Note("it was installed already, so nothing was done");
        }

        run.Renderer.Write(new Result(
            new JsonObject { ["kafkaHome"] = outcome.KafkaHome, ["version"] = outcome.Version, ["alreadyInstalled"] = outcome.AlreadyInstalled },
            new Table(["Version", "Kafka home"], [[outcome.Version, outcome.KafkaHome]])));
        return ExitCode.Done;
    }
}
