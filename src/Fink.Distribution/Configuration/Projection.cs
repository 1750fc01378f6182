namespace Fink.Distribution.Configuration;

/// <summary>The columns of an alert that a topic gets: those selected (all, when none is named) less those dropped.</summary>
public sealed record Projection(IReadOnlyList<ColumnReference> Select, IReadOnlyList<ColumnReference> Drop)
{
    public static Projection Everything { get; } = new([], []);

    /// <summary>The dotted paths to select and to drop in a source with these top-level columns.</summary>
    /// <exception cref="ConfigurationException">The source lacks columns that the projection names.</exception>
    public (IReadOnlyList<string> Select, IReadOnlyList<string> Drop) ResolveIn(
        IReadOnlyCollection<string> topLevelColumns) =>
        throw new NotImplementedException();
}
