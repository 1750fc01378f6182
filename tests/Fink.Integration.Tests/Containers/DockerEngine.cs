using System.Net.Sockets;
using Fink.TestSupport;

namespace Fink.Integration.Tests.Containers;

/// <summary>Whether a Docker engine answers: asked by its socket, for a client without an engine would wait long.</summary>
internal static class DockerEngine
{
    public static void Require()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 })
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            if (!File.Exists(@"\\.\pipe\docker_engine"))
            {
                throw SkippedException.Because("no Docker engine: there is no pipe docker_engine");
            }

            return;
        }

        const string path = "/var/run/docker.sock";
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e)
        {
            throw SkippedException.Because($"no Docker engine: {path}: {e.Message}");
        }
    }
}
