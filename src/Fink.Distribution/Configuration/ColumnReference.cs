using Fink.ScienceDb;
using Fink.ScienceDb.Columns;

namespace Fink.Distribution.Configuration;

/// <summary>
/// A column that a rule names. The original's rules say <c>name="x" subcol="y"</c> for what is <c>x.y</c> in a nested
/// science database and <c>x_y</c> in a flat one; which it is shows when the source's columns are known.
/// </summary>
/// <param name="Path">The names from the top level down, at least one. Compared without regard to case, as DuckDB does.</param>
/// <param name="MayBeFlat">Whether the names may also be joined by underscores into top-level columns.</param>
public sealed record ColumnReference(IReadOnlyList<string> Path, FilePosition Position, bool MayBeFlat = false)
{
    /// <summary>The column as a rule's reader knows it: dotted.</summary>
    public override string ToString() => string.Join('.', Path);

    public bool IsSameAs(ColumnReference other) => IsWithin(other) && Path.Count == other.Path.Count;

    /// <summary>Whether this is <paramref name="other"/> or a part of it.</summary>
    public bool IsWithin(ColumnReference other) =>
        Path.Count >= other.Path.Count
        && Path.Take(other.Path.Count).SequenceEqual(other.Path, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The columns of a source that this reference means: one, or, for a whole structure of a flat source
    /// (<c>candidate</c> for <c>candidate_ra</c>, <c>candidate_dec</c>), several.
    /// </summary>
    /// <exception cref="ConfigurationException">The source has no such column.</exception>
    public IReadOnlyList<ColumnPath> ResolveIn(SourceSchema schema) => ResolveIn(schema.Columns, schema.Paths());

    /// <summary>The same for a condition, which may also use the columns of <c>key=value</c> folders.</summary>
    /// <exception cref="ConfigurationException">The source has no such column.</exception>
    public IReadOnlyList<ColumnPath> ResolveForConditionIn(SourceSchema schema) =>
        ResolveIn([.. schema.Columns, .. schema.HiveColumns], schema.Paths());

    private List<ColumnPath> ResolveIn(IReadOnlyList<ColumnField> columns, IEnumerable<string> known)
    {
        if (Find(columns, Path) is { } nested)
        {
            return [nested];
        }

        if (MayBeFlat)
        {
            var flat = string.Join('_', Path);
            if (Find(columns, [flat]) is { } whole)
            {
                return [whole];
            }

            var parts = columns
                .Where(column => Path.Count == 1 && column.Name.StartsWith(flat + "_", StringComparison.OrdinalIgnoreCase))
                .Select(column => new ColumnPath([column.Name], column.Type))
                .ToList();
            if (parts.Count > 0)
            {
                return parts;
            }
        }

        throw new ConfigurationException(
            Position, $"the source has no column '{this}'{NearMatches.Hint(ToString(), known)}");
    }

    private static ColumnPath? Find(IReadOnlyList<ColumnField> columns, IReadOnlyList<string> path)
    {
        var fields = columns;
        var names = new List<string>();
        ColumnType? type = null;
        foreach (var name in path)
        {
            var field = fields.FirstOrDefault(field => field.Name == name)
                ?? fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (field is null)
            {
                return null;
            }

            names.Add(field.Name);
            type = field.Type;
            fields = type.Kind == ColumnKind.Struct ? type.Children : [];
        }

        return type is null ? null : new ColumnPath(names, type);
    }
}
