namespace Fink.Kafka.Properties;

/// <summary>Whether others than the owner can read a file that holds a secret.</summary>
internal static class FileExposure
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static string? NoteFor(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0
            ? $"{path} holds a password and others can read it; `chmod 600 {path}` keeps it yours."
            : null;
}
