namespace Fink.ScienceDb.Sources;

/// <summary>
/// Where the science database is: a folder (flat or hive-partitioned), a glob, or one file. Names that begin with '.' or
/// '_' are skipped at every level, as Spark and Hive do; where Spark left its log (<c>_spark_metadata</c>), only the files
/// that it committed count.
/// </summary>
public sealed class ScienceSource
{
    private static readonly char[] Wildcards = ['*', '?', '['];

    private readonly string? _glob;
    private readonly string? _onlyFile;

    /// <exception cref="ScienceDbException">There is no such folder or file.</exception>
    public ScienceSource(string location)
    {
        Location = location;
        var path = Path.GetFullPath(location);
        if (Directory.Exists(path))
        {
            Root = Path.TrimEndingDirectorySeparator(path);
        }
        else if (File.Exists(path))
        {
            Root = Path.GetDirectoryName(path)!;
            _onlyFile = Path.GetFileName(path);
        }
        else if (location.IndexOfAny(Wildcards) >= 0)
        {
            Root = RootOfGlob(path);
            _glob = FolderWalk.Relative(Root, path);
        }

        Root ??= path;
        if (!Directory.Exists(Root))
        {
            throw new ScienceDbException($"source {location}: there is no such folder or file; name one by --source or 'source:' in the rules file");
        }
    }

    /// <summary>The source as it was given.</summary>
    public string Location { get; }

    /// <summary>The folder that file names are relative to.</summary>
    public string Root { get; }

    /// <summary>Lists the source anew. A file counts once its footer is whole.</summary>
    public SourceListing List()
    {
        try
        {
            var files = new List<SourceFile>();
            var unreadable = new List<UnreadableFileException>();
            var walk = new FolderWalk(Root);
            foreach (var name in Names(walk).Order(StringComparer.Ordinal))
            {
                Add(name, files, unreadable);
            }

            return new SourceListing(files, unreadable, [Root, .. walk.Linked]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScienceDbException($"source {Location} could not be listed: {e.Message}", e);
        }
    }

    private IEnumerable<string> Names(FolderWalk walk)
    {
        if (_onlyFile is not null)
        {
            return [walk.Follow(new FileInfo(Path.Combine(Root, _onlyFile)))];
        }

        return _glob is null
            ? walk.Names().Where(name => name.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
            : walk.Names().Where(name => Glob.IsMatch(_glob, name));
    }

    private void Add(string name, List<SourceFile> files, List<UnreadableFileException> unreadable)
    {
        var info = new FileInfo(Path.Combine(Root, name));
        try
        {
            ParquetFooter.Check(info);
            files.Add(new SourceFile(name, info.FullName, info.Length, info.LastWriteTimeUtc));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            unreadable.Add(new UnreadableFileException(name, e.Message, e));
        }
    }

    private static string RootOfGlob(string path)
    {
        var folder = Path.GetDirectoryName(path[..path.IndexOfAny(Wildcards)] + "x");
        return folder is { Length: > 0 } ? folder : Path.GetPathRoot(path)!;
    }
}
