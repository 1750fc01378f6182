namespace Fink.TestSupport;

/// <summary>Programs of other people that some tests want.</summary>
public static class ProgramOnPath
{
    /// <summary>Skips the running test where there is no such program.</summary>
    public static void Require(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            throw SkippedException.Because($"no {program} on PATH");
        }
    }
}
