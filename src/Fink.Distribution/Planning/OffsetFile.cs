using System.Text.RegularExpressions;

namespace Fink.Distribution.Planning;

/// <summary>The original's DISTRIBUTION_OFFSET_FILE: the text <c>distributed till, 1569326400000</c>.</summary>
internal static partial class OffsetFile
{
    /// <summary>The time until which the original has distributed, or null when there is no such file.</summary>
    /// <exception cref="DistributionException">The file cannot be read, or says something else.</exception>
    public static DateTimeOffset? Read(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllText(path), path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DistributionException($"offset file {path}: {e.Message}", e);
        }
    }

    internal static DateTimeOffset Parse(string text, string path) =>
        Line().Match(text) is { Success: true } match && StartPosition.TimeOf(match.Groups["time"].Value) is { } time
            ? time
            : throw new DistributionException(
                $"offset file {path}: expected 'distributed till, MILLISECONDS', found '{text.Trim()}'; correct it, or leave DISTRIBUTION_OFFSET_FILE out");

    [GeneratedRegex(@"^\s*distributed till,\s*(?<time>\d+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
