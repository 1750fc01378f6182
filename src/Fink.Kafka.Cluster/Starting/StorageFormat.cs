using System.Diagnostics;
using System.Security.Cryptography;
using Fink.Kafka.Cluster.Homes;
using Fink.Kafka.Cluster.Planning;
using Fink.Kafka.Cluster.Processes;

namespace Fink.Kafka.Cluster.Starting;

/// <summary>Without ZooKeeper every broker's folder must be formatted for its cluster before the first start.</summary>
internal sealed class StorageFormat(ClusterPlan plan, ClusterLayout layout, KafkaCommands commands, KafkaFiles files)
{
    /// <summary>Kafka's form of an id: 128 bits in URL-safe Base64, which must not look like an option.</summary>
    public static string NewClusterId()
    {
        while (true)
        {
            var id = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            if (id[0] != '-')
            {
                return id;
            }
        }
    }

    /// <exception cref="ClusterException">Kafka's tool failed; its last words are in the message.</exception>
    public async Task FormatAsync(string clusterId, CancellationToken cancellationToken)
    {
        var unformatted = plan.Brokers.Where(broker => !File.Exists(Path.Combine(layout.ProcessDataDir(broker.Name), DataFolderCheck.MetaFile)));
        await Task.WhenAll(unformatted.Select(broker => FormatAsync(broker, clusterId, cancellationToken))).ConfigureAwait(false);
    }

    private async Task FormatAsync(BrokerPlan broker, string clusterId, CancellationToken cancellationToken)
    {
        var command = commands.FormatStorage(clusterId, layout.ConfigFile(broker.Name), layout.ProcessLogsDir(broker.Name), files.Log4j(broker.Name));
        string[] line = [command.Program, .. command.Arguments];
        if (!OperatingSystem.IsWindows())
        {
            // What it writes belongs to the owner alone, like all else in the data folder.
            line = ["/bin/sh", "-c", "umask 077; exec \"$@\"", "sh", .. line];
        }

        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        ChildEnvironment.Apply(command.Variables, start.Environment);
        using var tool = Start(start);
        tool.StandardInput.Close();
        try
        {
            var output = tool.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = await tool.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await tool.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (tool.ExitCode != 0)
            {
                throw new ClusterException(ClusterErrorKind.Failed, $"cannot format the folder of {broker.Name}: kafka-storage failed ({tool.ExitCode})")
                {
                    LogLines = [.. $"{await output.ConfigureAwait(false)}\n{errors}".Split('\n').Where(IsWords).TakeLast(4)],
                };
            }
        }
        catch (OperationCanceledException)
        {
            tool.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"cannot run {start.FileName}: {e.Message}", e);
        }
    }

    private static bool IsWords(string line) => line.Trim().Length > 0 && !line.TrimStart().StartsWith("at ", StringComparison.Ordinal);
}
