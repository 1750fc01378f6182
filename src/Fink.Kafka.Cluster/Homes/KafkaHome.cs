namespace Fink.Kafka.Cluster.Homes;

/// <summary>A folder that holds Apache Kafka.</summary>
internal sealed record KafkaHome(string Path, Version Version, bool HasZooKeeper)
{
    private const string ClientsJar = "kafka-clients-";

    /// <summary>Since 4.0 Kafka logs through log4j 2.</summary>
    public bool UsesLog4j2 => Version.Major >= 4;

    public string Script(string name) => System.IO.Path.Combine(Path, "bin", name);

    /// <summary>The folder given, else KAFKA_HOME, else the one remembered, else the newest that <c>install</c> made.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="ClusterException">The folder is not Apache Kafka's.</exception>
    public static KafkaHome? Find(string? given, string? remembered, Func<string, string?> environment)
    {
        if (given is not null)
        {
            return At(given, given);
        }

        if (environment("KAFKA_HOME") is { Length: > 0 } variable)
        {
            return At(variable, "KAFKA_HOME=" + variable);
        }

        if (remembered is not null && Directory.Exists(remembered))
        {
            return At(remembered, remembered);
        }

        return Installed(ClusterLayout.DefaultInstallDir(environment));
    }

    /// <exception cref="ClusterException">Always: this mode needs a home, and there is none.</exception>
    public static KafkaHome Missing(ClusterMode mode) => throw new ClusterException(
        ClusterErrorKind.Failed,
        $"no Apache Kafka found for {mode.Name()} mode: set KAFKA_HOME to its folder, run 'fink-kafka install', or use --mode embedded, which needs none");

    /// <summary>The newest home below an install folder; null when there is none.</summary>
    public static KafkaHome? Installed(string installDir)
    {
        if (!Directory.Exists(installDir))
        {
            return null;
        }

        return Directory.EnumerateDirectories(installDir, "kafka_*")
            .Select(Read)
            .OfType<KafkaHome>()
            .MaxBy(home => home.Version);
    }

    /// <summary>Null when the folder holds no Apache Kafka.</summary>
    public static KafkaHome? Read(string folder)
    {
        var libs = System.IO.Path.Combine(folder, "libs");
        var jar = Directory.Exists(libs)
            ? Directory.EnumerateFiles(libs, ClientsJar + "*.jar")
                .Select(file => System.IO.Path.GetFileNameWithoutExtension(file)[ClientsJar.Length..])
                .FirstOrDefault(text => Version.TryParse(text.Split('-')[0], out _))
            : null;
        if (jar is null)
        {
            return null;
        }

        return new KafkaHome(
            System.IO.Path.GetFullPath(folder),
            Version.Parse(jar.Split('-')[0]),
            File.Exists(System.IO.Path.Combine(folder, "bin", "zookeeper-server-start.sh")));
    }

    private static KafkaHome At(string folder, string name)
    {
        if (!Directory.Exists(folder))
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"{name}: no such folder; set KAFKA_HOME to Apache Kafka's, run 'fink-kafka install', or use --mode embedded, which needs none");
        }

        return Read(folder)
            ?? throw new ClusterException(
                ClusterErrorKind.Failed,
                $"{name} is not Apache Kafka's folder (no libs/{ClientsJar}*.jar in it): set KAFKA_HOME to the folder that has bin/ and libs/");
    }
}
