using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Fink.Kafka.Cluster.Processes;

/// <summary>Finds out whether a port is free, and who has it.</summary>
internal static class PortOwner
{
    /// <exception cref="ClusterException">Something listens there, or the address is not this machine's.</exception>
    public static void RequireFree(HostPort address, string purpose, string option)
    {
        try
        {
            using var socket = new TcpListener(AddressOf(address.Host), address.Port) { ExclusiveAddressUse = false };
            // As Java does: connections that linger from the last run do not count.
            if (!OperatingSystem.IsWindows())
            {
                socket.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            socket.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            var owner = Find(address.Port) is { } process ? $"{process.Name} (pid {process.Id})" : "another program";
            throw new ClusterException(
                ClusterErrorKind.Failed, $"port {address.Port} for {purpose} on {address.Host} is taken by {owner}: stop it, or choose another with {option}", e);
        }
        catch (SocketException e)
        {
            var reason = e.SocketErrorCode == SocketError.AccessDenied ? $"this user may not take port {address.Port}" : e.Message;
            throw new ClusterException(ClusterErrorKind.Failed, $"cannot listen on {address} for {purpose}: {reason}; choose another address with {option}", e);
        }
    }

    /// <summary>Ports of the loopback interface that nothing uses now, no two of them equal.</summary>
    public static IReadOnlyList<int> FindFreeLoopbackPorts(int count)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            // All held at once, so that the system cannot give one twice.
            return [.. sockets.Select(socket =>
            {
                socket.Start();
                return ((IPEndPoint)socket.LocalEndpoint).Port;
            })];
        }
        finally
        {
            foreach (var socket in sockets)
            {
                socket.Dispose();
            }
        }
    }

    /// <summary>Null when the system does not tell: it is not Linux, or the process is another user's.</summary>
    internal static ProcFile? Find(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var sockets = ListeningSockets(port).Select(inode => $"socket:[{inode}]").ToHashSet();
        return ProcFile.All().FirstOrDefault(process => HasOpen(process.Id, sockets));
    }

    private static IEnumerable<string> ListeningSockets(int port)
    {
        const string Listening = "0A";
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
        {
            if (!File.Exists(table))
            {
                continue;
            }

            foreach (var line in File.ReadLines(table).Skip(1))
            {
                // proc(5): sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.Ordinal))
                {
                    yield return fields[9];
                }
            }
        }
    }

    private static bool HasOpen(int processId, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{processId}/fd").Any(fd => File.ResolveLinkTarget(fd, false) is { } target && sockets.Contains(Path.GetFileName(target.FullName)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IPAddress AddressOf(string host)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return address;
        }

        try
        {
            return Dns.GetHostAddresses(host).OrderBy(found => found.AddressFamily != AddressFamily.InterNetwork).First();
        }
        catch (SocketException e)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"cannot listen on '{host}', which is not known here ({e.Message}): choose a name or an address of this machine", e);
        }
    }
}
