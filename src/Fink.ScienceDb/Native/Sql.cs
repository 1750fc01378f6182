using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Sources;

namespace Fink.ScienceDb.Native;

/// <summary>Quotes names and values for a statement, and says what a file looks like as a table.</summary>
internal static class Sql
{
    /// <summary>The place of a row in its file, counted from 0.</summary>
    public const string RowNumber = "file_row_number";

    public static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A dotted path, each part quoted.</summary>
    public static string Path(string path) => string.Join('.', path.Split('.').Select(Name));

    /// <summary>The file's own columns and nothing else: DuckDB would let a folder's value replace a column of the same name.</summary>
    public static string File(SourceFile file) => $"read_parquet({Text(file.Path)}, hive_partitioning = false)";

    /// <summary>The file's columns, then those of its folders (a name that is taken goes to the file's), then the row number.</summary>
    public static string Table(SourceFile file)
    {
        var folders = file.HiveFolders.Select(folder => $", {Value(folder)} AS {Name(folder.Name)}");
        return $"(SELECT *{string.Concat(folders)}, {RowNumber} FROM {File(file)}) AS alert";
    }

    /// <summary>
    /// A rule as a column with the meaning that it has in WHERE: the terms of an AND are tried one after the other on the
    /// rows that are left (so that a guard guards), and null is no match.
    /// </summary>
    public static string Match(string condition) => $"CASE WHEN ({condition}\n) THEN true ELSE false END";

    private static string Value(HiveFolder folder)
    {
        var value = folder.Value is null ? "NULL" : Text(folder.Value);
        return folder.Kind switch
        {
            ColumnKind.Int64 => $"CAST({value} AS BIGINT)",
            ColumnKind.Date => $"CAST({value} AS DATE)",
            _ => $"CAST({value} AS VARCHAR)",
        };
    }
}
