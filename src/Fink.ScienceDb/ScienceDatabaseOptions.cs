namespace Fink.ScienceDb;

/// <summary>How the science database is read.</summary>
/// <param name="AllowedFolders">The only folders that DuckDB may open files in.</param>
public sealed record ScienceDatabaseOptions(IReadOnlyList<string> AllowedFolders)
{
    /// <summary>
    /// DuckDB's own limit of memory, megabytes: a guard against a file that cannot be read in it, not what is used. In use are
    /// the decompressed pages that one batch of rows lies in, so it is the writer of a file who decides: with row groups
    /// of some hundred alerts, or pages of a megabyte as Spark writes, some 100 MB; with one row group of 8,000 alerts in
    /// pages of 100 MB, 500 MB.
    /// </summary>
    public int MemoryLimitMegabytes { get; init; } = 1024;

    /// <summary>Threads that decode. One keeps a file's order and leaves the other core to sending.</summary>
    public int Threads { get; init; } = 1;
}
