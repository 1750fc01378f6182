using Fink.ScienceDb;
using Fink.ScienceDb.Columns;

namespace Fink.Distribution.Configuration;

/// <summary>What the value of a comparison is.</summary>
public enum ComparedKind
{
    Number,
    Text,
    Boolean,
}

/// <summary>One filter rule of distribution-rules.xml: a column against a number, a text or a truth value.</summary>
/// <param name="Operator">One of <c>&lt;</c>, <c>=</c>, <c>&gt;</c>.</param>
/// <param name="Value">A number or truth value as it was written (checked to be one), or a text without its quotes.</param>
public sealed record Comparison(ColumnReference Column, char Operator, string Value, ComparedKind Kind)
{
    /// <exception cref="ConfigurationException">The source lacks the column, or has it in another type or only in parts.</exception>
    public string ToSql(SourceSchema schema)
    {
        if (Column.ResolveForConditionIn(schema) is not [{ Type: var type } path]
            || type.Kind is ColumnKind.Struct or ColumnKind.List or ColumnKind.Map)
        {
            throw Mistake($"'{Column}' is structured in this source; a rule needs a subcol that holds one value");
        }

        var isText = type.Kind is ColumnKind.Text;
        if (isText != (Kind == ComparedKind.Text) && (isText || IsNumber(type.Kind) || type.Kind == ColumnKind.Boolean))
        {
            throw Mistake(isText
                ? $"'{Column}' holds text: put the value in single quotes (value=\"'{Value}'\")"
                : $"'{Column}' holds no text: write the value without quotes");
        }

        var column = path.ToSql();
        return Kind switch
        {
            ComparedKind.Text => $"({column} {Operator} '{Value.Replace("'", "''", StringComparison.Ordinal)}')",
            ComparedKind.Boolean => $"({column} {Operator} {Value})",
            _ => NumberComparison(column, type.Kind),
        };
    }

    // A whole number is compared as it is: an id has more digits than a DOUBLE. Any other is a DOUBLE, as in Spark: a plain
    // 0.4 would be a DECIMAL, which DuckDB rounds to the type of a FLOAT column. And DuckDB orders NaN above every number,
    // where nobody who writes "magpsf > 16" means it.
    private string NumberComparison(string column, ColumnKind kind)
    {
        var isWhole = Value.All(c => char.IsAsciiDigit(c) || c is '-');
        var test = $"{column} {Operator} {(isWhole ? Value : $"CAST('{Value}' AS DOUBLE)")}";
        return Operator == '>' && kind is ColumnKind.Float or ColumnKind.Double
            ? $"({test} AND NOT isnan({column}))"
            : $"({test})";
    }

    private ConfigurationException Mistake(string message) => new(Column.Position, message);

    private static bool IsNumber(ColumnKind kind) => kind is >= ColumnKind.Int8 and <= ColumnKind.Decimal;
}
