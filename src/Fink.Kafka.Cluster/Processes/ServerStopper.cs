using System.ComponentModel;
using System.Diagnostics;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Processes;

/// <summary>Ends servers: asks, waits, then forces.</summary>
internal sealed class ServerStopper(TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(10);

    /// <summary>Returns whether it had to be forced.</summary>
    /// <exception cref="ClusterException">It runs even after it was killed.</exception>
    public async Task<bool> StopAsync(ProcessRecord server, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (!IsLeft(server))
        {
            return false;
        }

        // Windows has no way to ask a process without a window.
        if (!OperatingSystem.IsWindows())
        {
            UnixSignals.AskToEnd(server.ProcessId);
            if (await EndedAsync(server, grace, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            UnixSignals.ForceToEnd(server.ProcessId);
        }
        else
        {
            KillTree(server);
        }

        return await EndedAsync(server, AfterKill, cancellationToken).ConfigureAwait(false)
            ? true
            : throw new ClusterException(
                ClusterErrorKind.TimedOut, $"{server.Name} (pid {server.ProcessId}) still runs {AfterKill.TotalSeconds:0} s after it was killed");
    }

    private static bool IsLeft(ProcessRecord server) => ServerProcess.Runs(server);

    private static void KillTree(ProcessRecord server)
    {
        try
        {
            using var process = Process.GetProcessById(server.ProcessId);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended by itself between the look and the kill: what was wanted.
            _ = e;
        }
        catch (Win32Exception e)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"cannot end {server.Name} (pid {server.ProcessId}): {e.Message}", e);
        }
    }

    private async Task<bool> EndedAsync(ProcessRecord server, TimeSpan patience, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (IsLeft(server) || GroupIsLeft(server))
        {
            if (time.GetElapsedTime(since) >= patience)
            {
                return false;
            }

            await Task.Delay(Poll, time, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private static bool GroupIsLeft(ProcessRecord server) =>
        !OperatingSystem.IsWindows() && UnixSignals.GroupRuns(server.ProcessId);
}
