using Fink.ScienceDb.Native;
using Fink.ScienceDb.Sources;

namespace Fink.ScienceDb.Rules;

/// <summary>
/// Refuses comparisons of a text with something else, and of a struct, list or map with a plain value. DuckDB accepts them and
/// casts row by row, so that the first text that is no number, or any row at all, would fail its whole file.
/// </summary>
internal sealed class ComparisonChecker(Session session, SourceFile file, SourceSchema schema, RowRule rule)
{
    /// <exception cref="RuleException">The first such comparison, with what is compared and the types.</exception>
    /// <exception cref="QueryException">A side does not bind.</exception>
    public void Check(IReadOnlyList<Comparison> comparisons)
    {
        if (comparisons.Count == 0)
        {
            return;
        }

        var sides = Describe([.. comparisons.SelectMany(comparison => comparison.Sides)]);
        foreach (var comparison in comparisons)
        {
            foreach (var other in sides.Slice(1, comparison.Sides.Count - 1))
            {
                CheckPair(sides[0], other);
            }

            sides.RemoveRange(0, comparison.Sides.Count);
        }
    }

    private void CheckPair(TypedSide a, TypedSide b)
    {
        if (a.IsNull || b.IsNull)
        {
            return;
        }

        if (!a.IsText && !b.IsText && a.IsNested != b.IsNested)
        {
            throw Refused($"{a} is compared with {b}: compare a field or an item of {(a.IsNested ? a : b).Sql}");
        }

        if (a.IsText == b.IsText)
        {
            return;
        }

        var (text, other) = a.IsText ? (a, b) : (b, a);
        if (text.Literal is null)
        {
            throw Refused($"{text} is compared with {other}: "
                + (other.IsConstant ? $"write '{other.Sql}' for a text, or " : "write ")
                + $"TRY_CAST({text.Sql} AS {TypeNames.Shorten(other.Type)}) where the texts are such values");
        }

        try
        {
            session.Execute($"SELECT CAST({text.Literal} AS {other.Type})");
        }
        catch (QueryException)
        {
            throw Refused($"{other} is compared with the text {text.Literal}, which is no {TypeNames.Shorten(other.Type)}");
        }
    }

    private RuleException Refused(string why) => new(rule.Name, $"'{rule.Where}': {why}");

    /// <summary>Each side as DuckDB writes it, with its type.</summary>
    private List<TypedSide> Describe(IReadOnlyList<ComparedSide> sides)
    {
        using var written = session.Query($"SELECT unnest([{string.Join(", ", sides.Select(side => $"json_deserialize_sql({Sql.Text(side.Statement)})"))}])");
        var texts = written.ReadText().ConvertAll(row => row[0]!["SELECT ".Length..]);
        using var types = session.Query($"DESCRIBE SELECT {string.Join(", ", texts)} FROM {Sql.Table(file)}");
        return [.. types.ReadText().Select((row, i) => new TypedSide(texts[i], row[1]!, sides[i].IsConstant, LiteralOf(sides[i], texts[i])))];
    }

    /// <summary>The one value that it has in the whole file: a constant, or the text in the name of a folder (<c>month=02</c>).</summary>
    private string? LiteralOf(ComparedSide side, string sql)
    {
        var isFolder = side.Column is { } column && schema.HiveColumns.Any(hive => hive.Name.Equals(column, StringComparison.OrdinalIgnoreCase));
        return side.IsConstant ? sql
            : isFolder ? ValueOf(file.HiveFolders.First(folder => folder.Name.Equals(side.Column, StringComparison.OrdinalIgnoreCase)))
            : null;
    }

    private static string ValueOf(HiveFolder folder) => folder.Value is { } value ? Native.Sql.Text(value) : "NULL";

    private sealed record TypedSide(string Sql, string Type, bool IsConstant, string? Literal)
    {
        public bool IsText => Type == "VARCHAR";

        public bool IsNested => Type.EndsWith(']') || Type.StartsWith("STRUCT(", StringComparison.Ordinal) || Type.StartsWith("MAP(", StringComparison.Ordinal);

        public bool IsNull => Sql == "NULL";

        public override string ToString() => $"{Sql} ({TypeNames.Shorten(Type)})";
    }
}
