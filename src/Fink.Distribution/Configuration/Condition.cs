using Fink.ScienceDb;

namespace Fink.Distribution.Configuration;

/// <summary>Which alerts a rule takes.</summary>
public abstract record Condition
{
    /// <summary>Where the condition stands in its file.</summary>
    public abstract FilePosition Position { get; }

    /// <summary>The condition as one SQL expression for a source.</summary>
    /// <exception cref="ConfigurationException">The source lacks a column that the condition names, or has it in another type.</exception>
    public abstract string ToSql(SourceSchema schema);
}

/// <summary>A condition that is written as SQL in distribution.yaml; the scan checks that it is one expression.</summary>
public sealed record SqlCondition(string Sql, FilePosition Position) : Condition
{
    public override FilePosition Position { get; } = Position;

    public override string ToSql(SourceSchema schema) => Sql;
}

/// <summary>The filter rules of distribution-rules.xml, at least one: all of them must hold.</summary>
public sealed record ComparisonCondition(IReadOnlyList<Comparison> Comparisons) : Condition
{
    public override FilePosition Position => Comparisons[0].Column.Position;

    public override string ToSql(SourceSchema schema) =>
        string.Join(" AND ", Comparisons.Select(comparison => comparison.ToSql(schema)));
}
