using System.Globalization;
using System.Text.Json;

namespace Fink.ScienceDb.Sources;

/// <summary>
/// The log of Spark's file sink, <c>_spark_metadata</c>: one file a batch, named by its number, "v1" and then one JSON
/// object a file with <c>path</c> and <c>action</c>. A batch <c>N.compact</c> holds all before it. Files of failed tasks
/// are in the folder but not in the log.
/// </summary>
internal static class SparkMetadataLog
{
    private const string Folder = "_spark_metadata";
    private const string Compact = ".compact";

    public static bool IsIn(string root) => Directory.Exists(Path.Combine(root, Folder));

    /// <summary>The committed files' names relative to the folder that the log is in.</summary>
    public static IReadOnlyCollection<string> Read(string root)
    {
        var batches = Directory.EnumerateFiles(Path.Combine(root, Folder))
            .Select(path => (Path: path, Batch: BatchOf(Path.GetFileName(path))))
            .Where(file => file.Batch is not null)
            .OrderBy(file => file.Batch!.Value.Number).ThenBy(file => file.Batch!.Value.IsCompact)
            .ToList();
        var lastCompact = batches.FindLastIndex(file => file.Batch!.Value.IsCompact);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (path, _) in batches.Skip(Math.Max(lastCompact, 0)))
        {
            ReadBatch(root, path, names);
        }

        return names;
    }

    private static (long Number, bool IsCompact)? BatchOf(string name)
    {
        var isCompact = name.EndsWith(Compact, StringComparison.Ordinal);
        var number = isCompact ? name[..^Compact.Length] : name;
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var batch) ? (batch, isCompact) : null;
    }

    private static void ReadBatch(string root, string path, SortedSet<string> names)
    {
        var lines = File.ReadAllLines(path);
        if (lines is not ["v1", ..])
        {
            throw new ScienceDbException($"{path}: Spark's log should begin with v1, found '{lines.FirstOrDefault()}'");
        }

        foreach (var line in lines.Skip(1).Where(line => line.Length > 0))
        {
            try
            {
                using var entry = JsonDocument.Parse(line);
                var name = NameOf(root, entry.RootElement.GetProperty("path").GetString()!);
                _ = entry.RootElement.GetProperty("action").GetString() == "delete" ? names.Remove(name) : names.Add(name);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new ScienceDbException($"{path}: a line of Spark's log is not understood: {e.Message}", e);
            }
        }
    }

    /// <summary>
    /// Paths in the log are absolute URIs of where Spark wrote. The folder may have moved or been renamed since: the
    /// name is the longest end of the path that is there, else (the file is gone) what follows the folder's own name.
    /// </summary>
    private static string NameOf(string root, string path)
    {
        var local = Uri.TryCreate(path, UriKind.Absolute, out var uri) ? Uri.UnescapeDataString(uri.AbsolutePath) : path;
        var parts = local.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var first = 0; first < parts.Length; first++)
        {
            if (!parts.Contains("..") && File.Exists(Path.Combine([root, .. parts[first..]])))
            {
                return string.Join('/', parts[first..]);
            }
        }

        var folder = Array.LastIndexOf(parts, Path.GetFileName(root), parts.Length - 2);
        return folder >= 0 ? string.Join('/', parts[(folder + 1)..]) : parts[^1];
    }
}
