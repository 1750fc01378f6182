namespace Fink.Kafka.Cluster.Homes;

/// <summary>Finds Java as Kafka's own scripts do.</summary>
internal static class JavaRuntime
{
    /// <exception cref="ClusterException">There is none.</exception>
    public static string Find(Func<string, string?> environment)
    {
        var program = OperatingSystem.IsWindows() ? "java.exe" : "java";
        if (environment("JAVA_HOME") is { Length: > 0 } home)
        {
            var java = Path.Combine(home, "bin", program);
            return File.Exists(java)
                ? java
                : throw new ClusterException(ClusterErrorKind.Failed, $"no Java at {java}: JAVA_HOME must name the folder of a Java 17 runtime, or be unset");
        }

        return (environment("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists)
            ?? throw new ClusterException(
                ClusterErrorKind.Failed,
                "no Java found: Apache Kafka needs a Java 17 runtime; install one, and put it on PATH or name its folder in JAVA_HOME");
    }
}
