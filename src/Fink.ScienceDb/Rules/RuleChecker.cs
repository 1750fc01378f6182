using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Native;
using Fink.ScienceDb.Sources;

namespace Fink.ScienceDb.Rules;

/// <summary>Checks rules against a file's columns before anything is read by them.</summary>
internal sealed class RuleChecker(Session session, RowFunctions functions, SourceFile file, SourceSchema schema)
{
    public void Check(RowRule rule)
    {
        if (rule.Where is null)
        {
            return;
        }

        var expression = RuleExpression.Parse(session, functions, rule);
        foreach (var column in expression.Columns)
        {
            CheckColumn(rule, column);
        }

        try
        {
            new ComparisonChecker(session, file, schema, rule).Check(expression.Comparisons);
            // In WHERE, for aggregates and windows are refused there and would be accepted in SELECT.
            session.Prepare($"SELECT 1 FROM {Sql.Table(file)} WHERE ({rule.Where}\n)").Dispose();
            CheckType(rule);
        }
        catch (QueryException e)
        {
            throw new RuleException(rule.Name, $"'{rule.Where}': {TypeNames.Shorten(e.Message)}");
        }
    }

    /// <summary>
    /// Every name must be a column of the row. DuckDB would take others too: the file's name, the session's user, the whole row.
    /// </summary>
    private void CheckColumn(RowRule rule, IReadOnlyList<string> path)
    {
        if (schema.FindAnywhere(path) is not null)
        {
            return;
        }

        var name = string.Join('.', path);
        for (var parts = path.Count - 1; parts > 0; parts--)
        {
            if (schema.FindAnywhere(path.Take(parts)) is { Kind: ColumnKind.List or ColumnKind.Map } type)
            {
                var container = string.Join('.', path.Take(parts));
                throw new RuleException(rule.Name, $"{name}: {container} is a {(type.Kind == ColumnKind.List ? "list" : "map")} in {file.Name}; "
                    + (type.Kind == ColumnKind.List ? $"reach into its items by [x.{path[parts]} FOR x IN {container}]" : $"take a value by {container}['key']"));
            }
        }

        var near = NearNames.Of(name, schema.Paths());
        throw new RuleException(rule.Name, $"there is no column {name} in {file.Name}"
            + (near.Count > 0 ? $"; near: {string.Join(", ", near)}" : "")
            + ". Columns are named as in the file, nested fields with a dot, texts in single quotes");
    }

    private void CheckType(RowRule rule)
    {
        using var result = session.Query($"SELECT ({rule.Where}\n) FROM {Sql.Table(file)} LIMIT 0");
        var type = result.Columns()[0].Type;
        if (type.Kind is not (ColumnKind.Boolean or ColumnKind.Null))
        {
            throw new RuleException(rule.Name, $"'{rule.Where}' is of type {type.Kind}, not a condition: compare it with something");
        }
    }
}
