namespace Fink.Distribution.Configuration;

/// <summary>The columns of an alert that a topic gets: those selected (all, when none is named) less those dropped.</summary>
public sealed record Projection(IReadOnlyList<ColumnReference> Select, IReadOnlyList<ColumnReference> Drop)
{
    public static Projection Everything { get; } = new([], []);

    /// <summary>The paths to select and to drop in a source with these top-level columns.</summary>
    /// <exception cref="ConfigurationException">Every column that the projection names and the source lacks.</exception>
    public (IReadOnlyList<ColumnPath> Select, IReadOnlyList<ColumnPath> Drop) ResolveIn(
        IReadOnlyCollection<string> topLevelColumns)
    {
        var mistakes = new List<ConfigurationMistake>();
        var select = Resolve(Select, topLevelColumns, mistakes);
        var drop = Resolve(Drop, topLevelColumns, mistakes);
        return mistakes.Count == 0 ? (select, drop) : throw new ConfigurationException(mistakes);
    }

    private static List<ColumnPath> Resolve(
        IReadOnlyList<ColumnReference> columns,
        IReadOnlyCollection<string> topLevelColumns,
        List<ConfigurationMistake> mistakes)
    {
        var paths = new List<ColumnPath>();
        foreach (var column in columns)
        {
            try
            {
                paths.AddRange(column.ResolveIn(topLevelColumns));
            }
            catch (ConfigurationException e)
            {
                mistakes.AddRange(e.Mistakes);
            }
        }

        return paths;
    }
}
