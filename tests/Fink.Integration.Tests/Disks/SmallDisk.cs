using System.Diagnostics;
using Fink.TestSupport;

namespace Fink.Integration.Tests.Disks;

/// <summary>A disk of a few kilobytes, in memory; skips the running test where this user may not mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Mount(int kilobytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw SkippedException.Because("tmpfs is Linux's");
        }

        var folder = Directory.CreateTempSubdirectory("fink-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder) is { Length: > 0 } refused)
        {
            Directory.Delete(folder);
            throw SkippedException.Because($"this user may not mount a tmpfs: {refused}");
        }

        return new SmallDisk(folder);
    }

    public void MakeReadOnly() => Assert.Equal("", Run("mount", "-o", "remount,ro", Path));

    public void Dispose()
    {
        Assert.Equal("", Run("umount", Path));
        Directory.Delete(Path);
    }

    /// <summary>What a failed command said; empty for one that did its work.</summary>
    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : $"{error} (exit {process.ExitCode})";
    }
}
