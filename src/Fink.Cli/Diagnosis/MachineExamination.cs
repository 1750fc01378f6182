using System.Globalization;
using System.Runtime.InteropServices;
using Fink.Kafka;
using Fink.ScienceDb;

namespace Fink.Cli.Diagnosis;

/// <summary>What every command needs of the machine.</summary>
internal sealed class MachineExamination(TimeProvider time)
{
    /// <summary>A broker has a file open for each segment and index, and a socket for each client.</summary>
    private const long EnoughFiles = 4096;

    /// <summary>Before it this program did not exist.</summary>
    private const int FirstYear = 2025;

    public IEnumerable<Finding> Look()
    {
        yield return Finding.Ok(".NET", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}");
        yield return Library("librdkafka", ClientLibrary.Load, "it speaks to Kafka");
        yield return Library("DuckDB", () => PlainQuery.Rows("SELECT version()")[0][0]!, "it reads Parquet");
        yield return Clock();
        yield return OpenFiles(OperatingSystem.IsLinux() ? File.ReadAllText("/proc/self/limits") : null);
    }

    internal static Finding Library(string name, Func<string> load, string purpose)
    {
        try
        {
            return Finding.Ok(name, load());
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or TypeInitializationException or ScienceDbException or InvalidOperationException)
        {
            var why = (error is TypeInitializationException { InnerException: { } inner } ? inner : error).Message.Split('\n')[0];
            return Finding.Missing(name, $"does not load: {why}", $"{purpose}: reinstall the tool on a supported system (Linux, macOS or Windows on x64 or arm64)");
        }
    }

    internal Finding Clock()
    {
        var now = time.GetUtcNow();
        return now.Year >= FirstYear
            ? Finding.Ok("clock", now.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            : Finding.Missing("clock", $"the year is {now.Year}", "set the clock (timedatectl set-ntp true): TLS certificates, retention and --from go by it");
    }

    /// <param name="limits">As Linux tells them in /proc; null where it is another system.</param>
    internal static Finding OpenFiles(string? limits)
    {
        const string title = "Max open files";
        var line = limits?.Split('\n').FirstOrDefault(line => line.StartsWith(title, StringComparison.Ordinal));
        if (line is null)
        {
            return Finding.Skipped("open files", "this system does not tell its limit");
        }

        // .NET raises the soft limit to the hard one, for itself and what it starts.
        var limit = line[title.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var files) && files < EnoughFiles
            ? Finding.Warning("open files", $"at most {files}", $"a broker with many partitions needs more: raise the hard limit (ulimit -Hn, LimitNOFILE=) to {EnoughFiles} at least")
            : Finding.Ok("open files", limit == "unlimited" ? "no limit" : $"at most {limit}");
    }
}
