namespace Fink.Distribution.Configuration;

/// <summary>Which alerts a rule takes.</summary>
public abstract record Condition
{
    /// <summary>The condition as one SQL expression for a source with these top-level columns.</summary>
    /// <exception cref="ConfigurationException">The source lacks a column that the condition names.</exception>
    public abstract string ToSql(IReadOnlyCollection<string> topLevelColumns);
}

/// <summary>A condition that is written as SQL in distribution.yaml; the scan checks that it is one expression.</summary>
public sealed record SqlCondition(string Sql, FilePosition Position) : Condition
{
    public override string ToSql(IReadOnlyCollection<string> topLevelColumns) => Sql;
}

/// <summary>The filter rules of distribution-rules.xml: all of them must hold.</summary>
public sealed record ComparisonCondition(IReadOnlyList<Comparison> Comparisons) : Condition
{
    public override string ToSql(IReadOnlyCollection<string> topLevelColumns) => throw new NotImplementedException();
}

/// <summary>One filter rule: a column, one of &lt; = &gt;, and a number or text that is data and never SQL.</summary>
/// <param name="Value">A <see cref="double"/>-free literal: the digits of a number as written, or text without its quotes.</param>
public sealed record Comparison(ColumnReference Column, char Operator, string Value, bool IsText);
