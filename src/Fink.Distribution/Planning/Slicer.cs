using Fink.Distribution.WorkLists;
using Fink.ScienceDb;
using Fink.ScienceDb.Sources;

namespace Fink.Distribution.Planning;

/// <summary>Cuts files into slices at the borders of row groups.</summary>
internal static class Slicer
{
    /// <summary>
    /// Bytes of Parquet from which a slice is not made longer: what a killed run does again, and small enough that it is
    /// soon acknowledged. A single row group is never cut.
    /// </summary>
    public const long TargetBytes = 64 * 1024 * 1024;

    /// <exception cref="UnreadableFileException">The file's footer cannot be read.</exception>
    public static IReadOnlyList<Slice> Cut(ScienceDatabase database, SourceFile file) =>
        Cut(file.Name, file.Size, database.ReadRowGroups(file));

    public static IReadOnlyList<Slice> Cut(string file, long size, IReadOnlyList<long> rowGroups)
    {
        var slices = new List<Slice>();
        var rows = rowGroups.Sum();
        long first = 0, end = 0;
        foreach (var group in rowGroups)
        {
            if (end > first && (double)size * (end + group - first) / rows > TargetBytes)
            {
                slices.Add(new Slice(file, size, first, end));
                first = end;
            }

            end += group;
        }

        if (end > first)
        {
            slices.Add(new Slice(file, size, first, end));
        }

        return slices;
    }
}
