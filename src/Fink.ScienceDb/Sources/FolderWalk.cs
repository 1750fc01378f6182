namespace Fink.ScienceDb.Sources;

/// <summary>The files under a folder, by names relative to it with '/'. Links are followed, but not back to where the walk came from.</summary>
internal sealed class FolderWalk(string root)
{
    private readonly HashSet<string> _linked = new(StringComparer.Ordinal);

    /// <summary>The folders that links led to so far, outside the root or not.</summary>
    public IReadOnlyCollection<string> Linked => _linked;

    /// <summary>Every file but hidden ones; below a folder with Spark's log, only what the log has.</summary>
    public IEnumerable<string> Names()
    {
        var sink = SinkAround();
        if (sink is null)
        {
            return Under(root, [Real(new DirectoryInfo(root))]);
        }

        // The source is one partition, or a few, of what Spark wrote.
        return SparkMetadataLog.Read(sink).Select(name => Path.Combine(sink, name))
            .Where(path => path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Select(path => Relative(root, path));
    }

    /// <summary>A file's name; where a link leads is noted.</summary>
    public string Follow(FileInfo file)
    {
        if (file.LinkTarget is not null && Path.GetDirectoryName(Real(file)) is { } folder)
        {
            _linked.Add(folder);
        }

        return Relative(root, file.FullName);
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

    /// <param name="folder">As it is reached.</param>
    /// <param name="above">Where it and the folders above it really are.</param>
    private IEnumerable<string> Under(string folder, IReadOnlyList<string> above)
    {
        if (SparkMetadataLog.IsIn(folder))
        {
            return SparkMetadataLog.Read(folder).Select(name => Relative(root, Path.Combine(folder, name)));
        }

        var files = Directory.EnumerateFiles(folder).Where(IsVisible).Select(path => Follow(new FileInfo(path)));
        var folders = Directory.EnumerateDirectories(folder).Where(IsVisible).Select(path => (Path: path, Real: Real(new DirectoryInfo(path))));
        return files.Concat(folders.Where(next => !above.Contains(next.Real)).SelectMany(next => Under(next.Path, [.. above, next.Real])));
    }

    private string Real(FileSystemInfo entry)
    {
        if (entry.LinkTarget is null)
        {
            return entry.FullName;
        }

        var real = entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? entry.FullName;
        if (entry is DirectoryInfo)
        {
            _linked.Add(real);
        }

        return real;
    }

    private static bool IsVisible(string path) => Path.GetFileName(path) is not ['.' or '_', ..];
}
