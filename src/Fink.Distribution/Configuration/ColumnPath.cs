using Fink.ScienceDb.Columns;

namespace Fink.Distribution.Configuration;

/// <summary>A column of a known source: its names from the top level down, in the source's own case.</summary>
public sealed record ColumnPath(IReadOnlyList<string> Names, ColumnType Type)
{
    /// <summary>The names with dots between, as a projection takes them.</summary>
    public override string ToString() => string.Join('.', Names);

    /// <summary>The path as a quoted SQL expression: a name can hold anything and stays a name.</summary>
    public string ToSql() =>
        string.Join('.', Names.Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
}
