using System.Globalization;

namespace Fink.Kafka.Cluster.Processes;

/// <summary>What Linux says of a process in <c>/proc/PID/stat</c>, proc(5).</summary>
/// <param name="HasEnded">It is a zombie: nobody has collected it yet.</param>
/// <param name="StartTicks">When it started, since the boot.</param>
internal sealed record ProcFile(int Id, string Name, bool HasEnded, int Group, string StartTicks)
{
    /// <summary>Null when there is no such process.</summary>
    public static ProcFile? Read(int processId)
    {
        try
        {
            // The name in parentheses may itself hold blanks and parentheses.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var open = stat.IndexOf('(');
            var close = stat.LastIndexOf(')');
            var fromState = stat[(close + 2)..].Split(' ');
            return new ProcFile(
                processId,
                stat[(open + 1)..close],
                fromState[0] is "Z" or "X",
                int.Parse(fromState[2], CultureInfo.InvariantCulture),
                fromState[19]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static IEnumerable<ProcFile> All() =>
        Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<ProcFile>();
}
