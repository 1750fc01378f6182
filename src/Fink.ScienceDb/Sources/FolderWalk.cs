namespace Fink.ScienceDb.Sources;

/// <summary>The files under a folder, by names relative to it with '/'.</summary>
internal sealed class FolderWalk(string root)
{
    /// <summary>Every file but hidden ones; below a folder with Spark's log, only what the log has.</summary>
    public IEnumerable<string> Names()
    {
        var sink = SinkAround();
        if (sink is null)
        {
            return Under(root);
        }

        // The source is one partition, or a few, of what Spark wrote.
        return SparkMetadataLog.Read(sink).Select(name => Path.Combine(sink, name))
            .Where(path => path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Select(path => Relative(root, path));
    }

    public static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    /// <summary>The folder above that Spark wrote, reached from the root through <c>key=value</c> folders; null where there is none.</summary>
    private string? SinkAround()
    {
        var folder = new DirectoryInfo(root);
        while (folder.Parent is not null && folder.Name.Contains('=', StringComparison.Ordinal))
        {
            folder = folder.Parent;
            if (SparkMetadataLog.IsIn(folder.FullName))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private IEnumerable<string> Under(string folder)
    {
        if (SparkMetadataLog.IsIn(folder))
        {
            return SparkMetadataLog.Read(folder).Select(name => Relative(root, Path.Combine(folder, name)));
        }

        var files = Directory.EnumerateFiles(folder).Where(IsVisible).Select(path => Relative(root, path));
        return files.Concat(Directory.EnumerateDirectories(folder).Where(IsVisible).SelectMany(Under));
    }

    private static bool IsVisible(string path) => Path.GetFileName(path) is not ['.' or '_', ..];
}
