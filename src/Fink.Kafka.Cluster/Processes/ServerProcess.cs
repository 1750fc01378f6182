using System.ComponentModel;
using System.Diagnostics;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Processes;

/// <summary>
/// Starts a server that outlives this program: in a session of its own, without our terminal, input or locks, its output
/// in a file, and the files that it makes readable by its owner alone.
/// </summary>
internal static class ServerProcess
{
    /// <summary>The shell becomes the server (<c>exec</c>), so that its number is the server's.</summary>
    private const string Detach =
        """
        trap '' HUP; umask 077; exec </dev/null >>"$0" 2>&1
        if command -v setsid >/dev/null 2>&1; then exec setsid "$@"; else exec "$@"; fi
        """;

    /// <exception cref="ClusterException">The system cannot start it.</exception>
    public static ProcessRecord Start(string name, ServerCommand command, string outputFile, string listener, TimeProvider time)
    {
        var start = OperatingSystem.IsWindows() ? InWindow(command) : InSession(command, outputFile);
        try
        {
            using var process = Process.Start(start)
                ?? throw new ClusterException(ClusterErrorKind.Failed, $"cannot start {name}: {command.Program} did not start");
            // A process that has ended already is found out, with its last lines, by whoever waits for it.
            return new ProcessRecord(name, process.Id, ProcessIdentity.Of(process.Id) ?? "ended", time.GetUtcNow(), listener);
        }
        catch (Win32Exception e)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"cannot start {name} ({command.Program}): {e.Message}", e);
        }
    }

    public static bool Runs(ProcessRecord record) =>
        ProcessIdentity.Of(record.ProcessId) is { } identity && identity == record.Identity;

    private static ProcessStartInfo InSession(ServerCommand command, string outputFile)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        foreach (var argument in (string[])["-c", Detach, outputFile, command.Program, .. command.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        ChildEnvironment.Apply(command.Variables, start.Environment);
        return start;
    }

    private static ProcessStartInfo InWindow(ServerCommand command)
    {
        // Of the ways that .NET has on Windows only the shell's gives the child a console of its own.
        var start = new ProcessStartInfo(command.Program) { UseShellExecute = true, WindowStyle = ProcessWindowStyle.Hidden };
        foreach (var argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
