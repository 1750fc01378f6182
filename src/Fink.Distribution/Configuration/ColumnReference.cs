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
    /// The paths that this reference means among <paramref name="topLevelColumns"/> of a source: one, or, for a whole
    /// structure of a flat source (<c>candidate</c> for <c>candidate_ra</c>, <c>candidate_dec</c>), several. Names come
    /// in the source's own case at the top level; what lies deeper is for the scan to check.
    /// </summary>
    /// <exception cref="ConfigurationException">The source has no such top-level column.</exception>
    public IReadOnlyList<ColumnPath> ResolveIn(IReadOnlyCollection<string> topLevelColumns)
    {
        if (Find(topLevelColumns, Path[0]) is { } top)
        {
            return [new ColumnPath([top, .. Path.Skip(1)])];
        }

        if (MayBeFlat)
        {
            var flat = string.Join('_', Path);
            if (Find(topLevelColumns, flat) is { } whole)
            {
                return [new ColumnPath([whole])];
            }

            var parts = topLevelColumns
                .Where(column => column.StartsWith(flat + "_", StringComparison.OrdinalIgnoreCase))
                .Select(column => new ColumnPath([column]))
                .ToList();
            if (Path.Count == 1 && parts.Count > 0)
            {
                return parts;
            }
        }

        throw new ConfigurationException(
            Position,
            $"the source has no column '{this}'{NearMatches.Hint(MayBeFlat ? string.Join('_', Path) : Path[0], topLevelColumns)}");
    }

    private static string? Find(IReadOnlyCollection<string> columns, string name) =>
        columns.FirstOrDefault(column => column == name)
        ?? columns.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
}
