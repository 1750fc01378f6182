namespace Fink.Distribution.Configuration;

/// <summary>Which alerts a rule takes.</summary>
public abstract record Condition
{
    /// <summary>Where the condition stands in its file.</summary>
    public abstract FilePosition Position { get; }

    /// <summary>The condition as one SQL expression for a source with these top-level columns.</summary>
    /// <exception cref="ConfigurationException">The source lacks a column that the condition names.</exception>
    public abstract string ToSql(IReadOnlyCollection<string> topLevelColumns);
}

/// <summary>A condition that is written as SQL in distribution.yaml; the scan checks that it is one expression.</summary>
public sealed record SqlCondition(string Sql, FilePosition At) : Condition
{
    public override FilePosition Position => At;

    public override string ToSql(IReadOnlyCollection<string> topLevelColumns) => Sql;
}

/// <summary>The filter rules of distribution-rules.xml, at least one: all of them must hold.</summary>
public sealed record ComparisonCondition(IReadOnlyList<Comparison> Comparisons) : Condition
{
    public override FilePosition Position => Comparisons[0].Column.Position;

    public override string ToSql(IReadOnlyCollection<string> topLevelColumns) =>
        string.Join(" AND ", Comparisons.Select(comparison => comparison.ToSql(topLevelColumns)));
}
