namespace Fink.ScienceDb.Sources;

/// <summary>One Parquet file of a source.</summary>
/// <param name="Name">The path relative to the source, with '/': what progress and messages call it.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When it was last written.</param>
public sealed record SourceFile(string Name, string Path, long Size, DateTimeOffset Modified)
{
    /// <summary>The <c>key=value</c> folders between source and file.</summary>
    public IReadOnlyList<HiveFolder> HiveFolders { get; } = HiveFolder.Of(Name);
}

/// <summary>What a source holds: files that are whole, in the order of their names, and those that are not, with the reason.</summary>
/// <param name="Folders">All that the files are in: the source, and where links in it lead.</param>
public sealed record SourceListing(
    IReadOnlyList<SourceFile> Files, IReadOnlyList<UnreadableFileException> Unreadable, IReadOnlyList<string> Folders);
