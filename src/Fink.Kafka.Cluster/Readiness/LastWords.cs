namespace Fink.Kafka.Cluster.Readiness;

/// <summary>The lines in which a server that died says why.</summary>
internal static class LastWords
{
    private const int Lines = 6;
    private const int Look = 64 * 1024;

    public static IReadOnlyList<string> Of(ClusterLayout layout, string server)
    {
        var logged = Tail(layout.LogFile(server));
        // A Java exception is one line that says it and dozens that say where.
        string[] errors = [.. logged.Where(IsError).TakeLast(Lines)];
        string[] raw = [.. Tail(layout.OutputFile(server)).Where(line => !IsFrame(line)).TakeLast(Lines)];
        return errors.Length > 0 ? [.. errors, .. raw.Take(Lines - Math.Min(Lines, errors.Length))] : raw.Length > 0 ? raw : [.. logged.TakeLast(Lines)];
    }

    private static bool IsError(string line) =>
        !IsFrame(line)
        && (line.Contains(" ERROR ", StringComparison.Ordinal) || line.Contains(" FATAL ", StringComparison.Ordinal)
            || line.Contains("Exception: ", StringComparison.Ordinal) || line.Contains("Error: ", StringComparison.Ordinal));

    private static bool IsFrame(string line) => line.TrimStart().StartsWith("at ", StringComparison.Ordinal);

    private static IReadOnlyList<string> Tail(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(stream.Length, Look), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }
}
