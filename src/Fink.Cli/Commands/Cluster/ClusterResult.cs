using System.Text.Json.Nodes;
using Fink.Cli.Output;
using Fink.Kafka.Cluster;

namespace Fink.Cli.Commands.Cluster;

/// <summary>A cluster of this machine, as <c>start</c> and <c>status</c> print it.</summary>
internal static class ClusterResult
{
    public static Result Of(ClusterDescription cluster)
    {
        List<IReadOnlyList<string>> rows =
        [
            ["mode", cluster.Mode.Name()],
            ["version", cluster.KafkaVersion],
            ["bootstrapServers", cluster.BootstrapServers],
            ["securityProtocol", cluster.SecurityProtocol],
            .. cluster.AnonymousServers is { } open ? (IReadOnlyList<IReadOnlyList<string>>)[["anonymousServers", open]] : [],
            ["dataDir", cluster.DataDir],
            .. cluster.Credentials.Select(user => (IReadOnlyList<string>)[$"credentials {user.Key}", user.Value]),
        ];
        return new Result(Json(cluster), new Table(["Property", "Value"], rows));
    }

    public static Result Of(ClusterStatus status, string dataDir)
    {
        var json = status.Cluster is { } cluster
            ? Json(cluster)
            : new JsonObject { ["mode"] = null, ["bootstrapServers"] = "", ["dataDir"] = dataDir, ["credentials"] = new JsonObject() };
        json["ready"] = status.IsReady;
        json["problem"] = status.Problem;
        json["offlinePartitions"] = new JsonArray([.. (status.Leaders?.WithoutLeader ?? []).Select(partition => (JsonNode)partition)]);
        json["diskBytes"] = status.DiskBytes;
        json["processes"] = new JsonArray([.. status.Processes.Select(process => (JsonNode)Json(process))]);
        var processes = new Table(
            ["Process", Heading.Number("Pid"), "Started", "Listener", "Version", Heading.Number("Disk"), "Ready", "Log"],
            [.. status.Processes.Select(Row)])
        {
            WhenEmpty = "no processes",
        };
        return status.Cluster is null
            ? new Result(json, processes)
            : new Result(json, Of(status.Cluster).Tables[0], processes) { Tsv = processes };
    }

    private static JsonObject Json(ClusterDescription cluster)
    {
        var credentials = new JsonObject();
        foreach (var (user, file) in cluster.Credentials)
        {
            credentials[user] = file;
        }

        return new JsonObject
        {
            ["mode"] = cluster.Mode.Name(),
            ["version"] = cluster.KafkaVersion,
            ["clusterId"] = cluster.ClusterId,
            ["bootstrapServers"] = cluster.BootstrapServers,
            ["securityProtocol"] = cluster.SecurityProtocol,
            ["anonymousServers"] = cluster.AnonymousServers,
            ["dataDir"] = cluster.DataDir,
            ["kafkaHome"] = cluster.KafkaHome,
            ["credentials"] = credentials,
        };
    }

    private static JsonObject Json(ProcessStatus process) => new()
    {
        ["name"] = process.Name,
        ["pid"] = process.ProcessId,
        ["started"] = process.Started?.ToString("O"),
        ["listener"] = process.Listener,
        ["version"] = process.Version,
        ["diskBytes"] = process.DiskBytes,
        ["ready"] = process.IsReady,
        ["logFile"] = process.LogFile,
    };

    private static IReadOnlyList<string> Row(ProcessStatus process) =>
    [
        process.Name,
        process.ProcessId?.ToString() ?? "-",
        process.Started?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss") ?? "-",
        process.Listener,
        process.Version,
        ByteSize.Format(process.DiskBytes),
        process.IsReady ? "yes" : "no",
        process.LogFile,
    ];
}
