using Fink.ScienceDb.Columns;

namespace Fink.ScienceDb;

/// <summary>The columns of a source in file order. Hive columns serve rules and are kept apart: they are not in an alert.</summary>
public sealed record SourceSchema(IReadOnlyList<ColumnField> Columns, IReadOnlyList<ColumnField> HiveColumns)
{
    /// <summary>The type at a dotted path such as <c>candidate.magpsf</c>; DuckDB's names ignore case. Null where there is none.</summary>
    public ColumnType? Find(string path) => Find(Columns, path.Split('.'));

    /// <summary>The same for a path in parts, of the file's or its folders' columns.</summary>
    internal ColumnType? FindAnywhere(IEnumerable<string> path) => Find([.. Columns, .. HiveColumns], path);

    private static ColumnType? Find(IReadOnlyList<ColumnField> fields, IEnumerable<string> path)
    {
        ColumnType? found = null;
        foreach (var part in path)
        {
            found = fields.FirstOrDefault(field => field.Name.Equals(part, StringComparison.OrdinalIgnoreCase))?.Type;
            if (found is null)
            {
                return null;
            }

            fields = found.Kind == ColumnKind.Struct ? found.Children : [];
        }

        return found;
    }

    /// <summary>Every path that a rule can name, structs opened: <c>objectId</c>, <c>candidate</c>, <c>candidate.jd</c>, …</summary>
    public IEnumerable<string> Paths() => Columns.Concat(HiveColumns).SelectMany(column => PathsUnder(column, ""));

    private static IEnumerable<string> PathsUnder(ColumnField field, string prefix)
    {
        var path = prefix + field.Name;
        yield return path;
        if (field.Type.Kind == ColumnKind.Struct)
        {
            foreach (var below in field.Type.Children.SelectMany(child => PathsUnder(child, path + ".")))
            {
                yield return below;
            }
        }
    }
}
