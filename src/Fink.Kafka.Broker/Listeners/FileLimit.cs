using System.Globalization;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>
/// How many connections the process has files for. It must never come to the last one: the .NET runtime itself, which opens files,
/// ends the process there.
/// </summary>
internal static class FileLimit
{
    private const string Title = "Max open files";

    /// <summary>Of this process. Where the system does not tell, there is no limit of ours.</summary>
    public static int ForConnections() => ForConnections(OperatingSystem.IsLinux() ? File.ReadAllText("/proc/self/limits") : "");

    /// <summary>Half of the files: the other half is for logs and for the runtime.</summary>
    /// <param name="limits">As Linux shows them: the soft limit, which counts, comes first.</param>
    public static int ForConnections(string limits)
    {
        var line = limits.Split('\n').FirstOrDefault(line => line.StartsWith(Title, StringComparison.Ordinal));
        var soft = line?[Title.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var files)
            ? (int)Math.Min(files / 2, int.MaxValue)
            : int.MaxValue;
    }
}
