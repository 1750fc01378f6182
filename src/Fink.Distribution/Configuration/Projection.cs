using Fink.ScienceDb;

namespace Fink.Distribution.Configuration;

/// <summary>The columns of an alert that a topic gets: those selected (all, when none is named) less those dropped.</summary>
public sealed record Projection(IReadOnlyList<ColumnReference> Select, IReadOnlyList<ColumnReference> Drop)
{
    public static Projection Everything { get; } = new([], []);

    /// <summary>The columns of a source to select (none: all) and to drop.</summary>
    /// <exception cref="ConfigurationException">Every column that the projection names and the source lacks.</exception>
    public (IReadOnlyList<ColumnPath> Select, IReadOnlyList<ColumnPath> Drop) ResolveIn(SourceSchema schema)
    {
        var mistakes = new List<ConfigurationMistake>();
        var select = Resolve(Select, schema, mistakes);
        var drop = Resolve(Drop, schema, mistakes);
        return mistakes.Count == 0 ? (select, drop) : throw new ConfigurationException(mistakes);
    }

    private static List<ColumnPath> Resolve(
        IReadOnlyList<ColumnReference> columns,
        SourceSchema schema,
        List<ConfigurationMistake> mistakes)
    {
        var paths = new List<ColumnPath>();
        foreach (var column in columns)
        {
            try
            {
                paths.AddRange(column.ResolveIn(schema));
            }
            catch (ConfigurationException e)
            {
                mistakes.AddRange(e.Mistakes);
            }
        }

        return paths;
    }
}
