using Fink.ScienceDb.Sources;

namespace Fink.ScienceDb.Native;

/// <summary>Quotes names and values for a statement.</summary>
internal static class Sql
{
    public static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A dotted path, each part quoted.</summary>
    public static string Path(string path) => string.Join('.', path.Split('.').Select(Name));

    public static string Table(SourceFile file) =>
        $"read_parquet({Text(file.Path)}, hive_partitioning = {(file.IsHivePartitioned ? "true" : "false")})";

    /// <summary>
    /// A rule as a column with the meaning that it has in WHERE: the terms of an AND are tried one after the other on the
    /// rows that are left (so that a guard guards), and null is no match.
    /// </summary>
    public static string Match(string condition) => $"CASE WHEN ({condition}\n) THEN true ELSE false END";
}
