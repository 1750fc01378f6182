using System.Runtime.InteropServices;

namespace Fink.Kafka.Cluster.Processes;

/// <summary>Signals to a whole process group: a server that a script started in a child of its own gets them too.</summary>
internal static partial class UnixSignals
{
    private const int Terminate = 15;
    private const int Kill = 9;

    public static void AskToEnd(int leader) => SendToGroup(leader, Terminate);

    public static void ForceToEnd(int leader) => SendToGroup(leader, Kill);

    /// <summary>Whether any process of the group still runs.</summary>
    public static bool GroupRuns(int leader) =>
        Send(-leader, 0) == 0 && (!OperatingSystem.IsLinux() || ProcFile.All().Any(process => process.Group == leader && !process.HasEnded));

    private static void SendToGroup(int leader, int signal)
    {
        // Where there is no setsid (macOS) the process leads no group of its own, and the group would be ours.
        if (Send(-leader, signal) != 0)
        {
            _ = Send(leader, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}
