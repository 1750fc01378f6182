using Fink.ScienceDb.Native;
using Fink.ScienceDb.Sources;

namespace Fink.ScienceDb.Rules;

/// <summary>Checks rules against a file's columns before anything is read by them.</summary>
internal sealed class RuleChecker(Session session, SourceFile file, SourceSchema schema)
{
    public void Check(RowRule rule)
    {
        if (rule.Where is null)
        {
            return;
        }

        var expression = RuleExpression.Parse(session, rule);
        try
        {
            // In WHERE, for aggregates and windows are refused there and would be accepted in SELECT.
            session.Prepare($"SELECT 1 FROM {Sql.Table(file)} WHERE ({rule.Where}\n)").Dispose();
        }
        catch (QueryException e)
        {
            throw new RuleException(rule.Name, Explain(expression, e));
        }

        CheckType(rule);
    }

    private void CheckType(RowRule rule)
    {
        using var result = session.Query($"SELECT typeof(({rule.Where}\n)) FROM (SELECT * FROM {Sql.Table(file)} LIMIT 1)");
        var type = result.ReadText().FirstOrDefault()?[0];
        if (type is not (null or "BOOLEAN" or "\"NULL\""))
        {
            throw new RuleException(rule.Name, $"'{rule.Where}' is of type {type}, not a condition: compare it with something");
        }
    }

    private string Explain(RuleExpression expression, QueryException error)
    {
        var unknown = expression.ColumnPaths.FirstOrDefault(path => !IsKnown(path));
        if (unknown is null)
        {
            return error.Message;
        }

        var near = NearNames.Of(unknown, schema.Paths());
        return $"there is no column {unknown} in {file.Name}"
            + (near.Count > 0 ? $"; near: {string.Join(", ", near)}" : "")
            + ". Columns are named as in the file, nested fields with a dot";
    }

    private bool IsKnown(string path) =>
        schema.Find(path) is not null
        || schema.HiveColumns.Any(column => column.Name.Equals(path, StringComparison.OrdinalIgnoreCase));
}
