namespace Fink.ScienceDb;

/// <summary>How the science database is read.</summary>
/// <param name="AllowedFolders">The only folders that DuckDB may open files in.</param>
public sealed record ScienceDatabaseOptions(IReadOnlyList<string> AllowedFolders)
{
    /// <summary>DuckDB's own limit of memory, megabytes. Pages of one row group and one batch of rows must fit.</summary>
    public int MemoryLimitMegabytes { get; init; } = 1024;

    /// <summary>Threads that decode. One keeps a file's order and leaves the other core to sending.</summary>
    public int Threads { get; init; } = 1;
}
