namespace Fink.Distribution.Configuration;

/// <summary>
/// A column that a rule names. The original's rules say <c>name="x" subcol="y"</c> for what is <c>x.y</c> in a nested
/// science database and <c>x_y</c> in a flat one; which it is shows when the source's columns are known.
/// </summary>
/// <param name="Path">The names from the top level down, at least one.</param>
/// <param name="MayBeFlat">Whether the names may also be joined by underscores into top-level columns.</param>
public sealed record ColumnReference(IReadOnlyList<string> Path, FilePosition Position, bool MayBeFlat = false)
{
    /// <summary>The column as a rule's reader knows it: dotted.</summary>
    public override string ToString() => string.Join('.', Path);

    /// <summary>
    /// The dotted paths that this reference means among <paramref name="topLevelColumns"/> of a source: one, or, for a
    /// whole structure of a flat source (<c>candidate</c> for <c>candidate_ra</c>, <c>candidate_dec</c>), several.
    /// </summary>
    /// <exception cref="ConfigurationException">The source has no such top-level column.</exception>
    public IReadOnlyList<string> ResolveIn(IReadOnlyCollection<string> topLevelColumns) =>
        throw new NotImplementedException();
}
