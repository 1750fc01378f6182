using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Fink.Kafka.Cluster.Processes;

/// <summary>
/// Tells a process from a later one with the same number, by when it started. On Linux in the kernel's own ticks and
/// boot, which no change of the clock moves; elsewhere by the time.
/// </summary>
internal static class ProcessIdentity
{
    private static readonly Lazy<string> Boot = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    /// <summary>Null when no such process runs (one that has ended and was not yet collected does not run).</summary>
    public static string? Of(int processId) => OperatingSystem.IsLinux() ? OfLinux(processId) : OfTime(processId);

    private static string? OfLinux(int processId) =>
        ProcFile.Read(processId) is { HasEnded: false } process ? $"{Boot.Value}:{process.StartTicks}" : null;

    private static string? OfTime(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
