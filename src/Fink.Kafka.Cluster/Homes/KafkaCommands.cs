using Fink.Kafka.Cluster.Processes;

namespace Fink.Kafka.Cluster.Homes;

/// <summary>
/// Builds the commands of a home. The home's own scripts are used, so that what their owner changed in them counts; but
/// they split paths at blanks, and Windows' batch files leave no process to watch: there Java is started on <c>libs/*</c>.
/// </summary>
internal sealed class KafkaCommands(KafkaHome home, string java, string dataDir, Func<string, string?> environment)
{
    private readonly bool _useScripts = !OperatingSystem.IsWindows() && !home.Path.Any(char.IsWhiteSpace) && !dataDir.Any(char.IsWhiteSpace);

    public ServerCommand ZooKeeper(string propertiesFile, string logsDir, string log4jFile, string jaasFile) =>
        Server("zookeeper-server-start.sh", "org.apache.zookeeper.server.quorum.QuorumPeerMain", "-Xmx256M", propertiesFile, logsDir, log4jFile, jaasFile);

    public ServerCommand Broker(string propertiesFile, string logsDir, string log4jFile, string? jaasFile) =>
        Server("kafka-server-start.sh", "kafka.Kafka", "-Xms256M -Xmx512M", propertiesFile, logsDir, log4jFile, jaasFile);

    public ServerCommand FormatStorage(string clusterId, string propertiesFile, string logsDir, string log4jFile) =>
        Build("kafka-storage.sh", "kafka.tools.StorageTool", "-Xmx256M",
            ["format", "--ignore-formatted", "--cluster-id", clusterId, "--config", propertiesFile], logsDir, log4jFile, null);

    private ServerCommand Server(
        string script, string main, string heap, string propertiesFile, string logsDir, string log4jFile, string? jaasFile) =>
        Build(script, main, environment("KAFKA_HEAP_OPTS") is { Length: > 0 } own ? own : heap, [propertiesFile], logsDir, log4jFile, jaasFile);

    private ServerCommand Build(
        string script, string main, string heap, IReadOnlyList<string> arguments, string logsDir, string log4jFile, string? jaasFile)
    {
        // A file URL has no blanks, whatever the path.
        var log4j = environment("KAFKA_LOG4J_OPTS") is { Length: > 0 } own
            ? own
            : (home.UsesLog4j2 ? "-Dlog4j2.configurationFile=" : "-Dlog4j.configuration=") + new Uri(log4jFile).AbsoluteUri;
        var jaas = jaasFile is null ? "" : "-Djava.security.auth.login.config=" + jaasFile;
        var opts = environment("KAFKA_OPTS") ?? "";

        if (_useScripts)
        {
            return new ServerCommand(home.Script(script), arguments, new Dictionary<string, string?>
            {
                ["KAFKA_HEAP_OPTS"] = heap,
                ["KAFKA_LOG4J_OPTS"] = log4j,
                ["KAFKA_OPTS"] = $"{opts} {jaas}".Trim(),
                ["LOG_DIR"] = logsDir,
                // One port cannot serve several processes.
                ["JMX_PORT"] = null,
            });
        }

        string[] javaArguments =
        [
            .. Words(heap), "-Djava.awt.headless=true", "-Dkafka.logs.dir=" + logsDir, .. Words(log4j), .. Words(opts),
            .. jaas.Length > 0 ? [jaas] : Array.Empty<string>(), "-cp", Path.Combine(home.Path, "libs", "*"), main, .. arguments,
        ];
        return new ServerCommand(java, javaArguments, new Dictionary<string, string?>());
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
