namespace Fink.Cli.Diagnosis;

/// <summary>Whether others can read what only their owner should.</summary>
internal static class SecretFiles
{
    public static IEnumerable<Finding> Look(IEnumerable<string> files)
    {
        var there = files.Where(File.Exists).Distinct().ToList();
        if (OperatingSystem.IsWindows() || there.Count == 0)
        {
            yield return Finding.Skipped("secrets", there.Count == 0 ? "no file with a password in it is known" : "Windows has no modes of files");
            yield break;
        }

        var open = there.Where(IsOpen).ToList();
        if (open.Count == 0)
        {
            yield return Finding.Ok("secrets", $"{there.Count} {(there.Count == 1 ? "file" : "files")} that only their owner can read");
        }

        foreach (var file in open)
        {
            yield return Finding.Warning("secrets", $"others can read {file}", $"chmod 600 {file}; if somebody did, give its user a new password");
        }
    }

    private static bool IsOpen(string file) =>
        !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0;
}
