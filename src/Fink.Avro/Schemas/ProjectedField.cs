using Fink.ScienceDb;
using Fink.ScienceDb.Columns;

namespace Fink.Avro.Schemas;

/// <summary>A column, or a field of a struct, that is taken: its place among its siblings in the source and what of it is left.</summary>
internal sealed record ProjectedField(string Name, int SourceIndex, ColumnType Type, IReadOnlyList<ProjectedField> Fields)
{
    public static IReadOnlyList<ProjectedField> Project(SourceSchema source, IReadOnlyList<string> select, IReadOnlyList<string> drop)
    {
        foreach (var path in select.Concat(drop))
        {
            if (source.Find(path) is null)
            {
                throw new AlertSchemaException($"there is no column {path} to select or drop");
            }
        }

        var fields = Take(source.Columns, "", path => IsSelected(path, select) && !Contains(drop, path));
        return fields.Count > 0
            ? fields
            : throw new AlertSchemaException("no column is left: select at least one that is not dropped");
    }

    private static List<ProjectedField> Take(IReadOnlyList<ColumnField> fields, string prefix, Func<string, bool> isTaken)
    {
        var taken = new List<ProjectedField>();
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            var path = prefix + field.Name;
            if (!isTaken(path))
            {
                continue;
            }

            var children = field.Type.Kind == ColumnKind.Struct ? Take(field.Type.Children, path + ".", isTaken) : [];
            if (field.Type.Kind != ColumnKind.Struct || children.Count > 0)
            {
                taken.Add(new ProjectedField(field.Name, i, field.Type, children));
            }
        }

        return taken;
    }

    /// <summary>A path is taken when it, something above it or something below it was selected.</summary>
    private static bool IsSelected(string path, IReadOnlyList<string> select) =>
        select.Count == 0
        || select.Any(selected => IsAtOrUnder(path, selected) || IsAtOrUnder(selected, path));

    private static bool Contains(IReadOnlyList<string> drop, string path) => drop.Any(dropped => IsAtOrUnder(path, dropped));

    private static bool IsAtOrUnder(string path, string above) =>
        path.StartsWith(above, StringComparison.OrdinalIgnoreCase)
        && (path.Length == above.Length || path[above.Length] == '.');
}
