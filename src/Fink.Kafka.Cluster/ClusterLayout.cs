namespace Fink.Kafka.Cluster;

/// <summary>The files of a data folder. The folder and all in it belong to its owner alone.</summary>
public sealed class ClusterLayout(string dataDir)
{
    public string DataDir { get; } = Path.GetFullPath(dataDir);

    /// <summary>What the cluster is: kept over restarts, no secret in it.</summary>
    public string StateFile => Path.Combine(DataDir, "cluster.json");

    /// <summary>Which processes run.</summary>
    public string ProcessesFile => Path.Combine(DataDir, "processes.json");

    public string LockFile => Path.Combine(DataDir, "lock");

    public string CredentialsDir => Path.Combine(DataDir, "credentials");

    public string ConfigDir => Path.Combine(DataDir, "config");

    public string TlsDir => Path.Combine(DataDir, "tls");

    public string LogsDir => Path.Combine(DataDir, "logs");

    /// <summary>Kafka's own client properties, for <c>--command-config</c> and the Java tools.</summary>
    public string CredentialsFile(string user) => Path.Combine(CredentialsDir, user + ".properties");

    /// <summary>The same for kcat and every librdkafka, which refuses JAAS lines.</summary>
    public string LibrdkafkaCredentialsFile(string user) => Path.Combine(CredentialsDir, user + ".librdkafka.conf");

    public string ConfigFile(string process) => Path.Combine(ConfigDir, process + ".properties");

    /// <summary>
    /// First users whose passwords a broker was told to set, and perhaps did not come to set: written before their own files, deleted once
    /// the broker has them. While it is there, nobody knows whether the passwords in those files count.
    /// </summary>
    public string UnmadeUsersFile => Path.Combine(ConfigDir, "first.users");

    public string ProcessDataDir(string process) => Path.Combine(DataDir, "data", process);

    public string ProcessLogsDir(string process) => Path.Combine(LogsDir, process);

    /// <summary>What the process logs.</summary>
    public string LogFile(string process) => Path.Combine(ProcessLogsDir(process), "server.log");

    /// <summary>What it writes to stdout and stderr: Java's own complaints.</summary>
    public string OutputFile(string process) => Path.Combine(ProcessLogsDir(process), "output.log");

    /// <summary><c>$XDG_DATA_HOME/fink-kafka</c>, else <c>~/.local/share/fink-kafka</c> (on Windows the user's local application data).</summary>
    public static string DefaultRoot(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        // The XDG specification: a relative path is invalid and to be ignored.
        var root = environment("XDG_DATA_HOME") is { } xdg && Path.IsPathFullyQualified(xdg)
            ? xdg
            : OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
                : Path.Combine(environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return Path.Combine(root, "fink-kafka");
    }

    /// <summary>The data folder of <c>start</c>, <c>stop</c> and <c>status</c> when none is given.</summary>
    public static string DefaultDataDir(Func<string, string?> environment) => Path.Combine(DefaultRoot(environment), "cluster");

    /// <summary>Where <c>install</c> puts Apache Kafka and <c>start</c> looks for it.</summary>
    public static string DefaultInstallDir(Func<string, string?> environment) => Path.Combine(DefaultRoot(environment), "kafka");
}
