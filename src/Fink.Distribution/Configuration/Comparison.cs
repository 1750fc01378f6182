namespace Fink.Distribution.Configuration;

/// <summary>One filter rule of distribution-rules.xml: a column against a number or a text.</summary>
/// <param name="Operator">One of <c>&lt;</c>, <c>=</c>, <c>&gt;</c>.</param>
/// <param name="Value">A number as it was written (checked to be one), or a text without its quotes.</param>
public sealed record Comparison(ColumnReference Column, char Operator, string Value, bool IsText)
{
    /// <exception cref="ConfigurationException">The source lacks the column, or has it only in parts.</exception>
    public string ToSql(IReadOnlyCollection<string> topLevelColumns)
    {
        if (Column.ResolveIn(topLevelColumns) is not [var path])
        {
            throw new ConfigurationException(
                Column.Position, $"'{Column}' is a structure in this source; a filter needs a subcol of it");
        }

        var column = path.ToSql();
        return IsText
            ? $"({column} {Operator} '{Value.Replace("'", "''", StringComparison.Ordinal)}')"
            : NumberComparison(column);
    }

    // A whole number is compared as it is: an id has more digits than a DOUBLE. Any other is a DOUBLE, as in Spark: a plain
    // 0.4 would be a DECIMAL, which DuckDB rounds to the type of a FLOAT column. And DuckDB orders NaN above every number,
    // where nobody who writes "magpsf > 16" means it (isnan takes floating-point numbers only, hence the cast).
    private string NumberComparison(string column)
    {
        var number = Value.All(c => char.IsAsciiDigit(c) || c is '-') ? Value : $"CAST('{Value}' AS DOUBLE)";
        var test = $"{column} {Operator} {number}";
        return Operator == '>' ? $"({test} AND NOT isnan(CAST({column} AS DOUBLE)))" : $"({test})";
    }
}
