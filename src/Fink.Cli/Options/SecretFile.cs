using Fink.Cli.Errors;

namespace Fink.Cli.Options;

/// <summary>A secret that its owner keeps in a file.</summary>
internal static class SecretFile
{
    /// <summary>The file's text, with a warning where others can read it too.</summary>
    /// <param name="what">What a message calls the secret.</param>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static string Read(Invocation run, string option, string what, string path)
    {
        var full = run.Settings.FullPath(path);
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(full) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
            {
                run.Note($"warning: others can read the {what} in {path}: chmod 600 it");
            }

            return File.ReadAllText(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option} {path}: {error.Message}");
        }
    }
}
