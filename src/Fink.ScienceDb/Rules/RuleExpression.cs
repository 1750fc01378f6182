using System.Text.Json;
using Fink.ScienceDb.Native;

namespace Fink.ScienceDb.Rules;

/// <summary>
/// A rule as DuckDB's own parser reads it. Only one scalar expression over the row passes: no second statement, no
/// subquery, no star, no parameter, and no function that looks outside the row.
/// </summary>
internal sealed class RuleExpression
{
    /// <summary>Scalar functions that read settings, variables, sequences or the catalogue.</summary>
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "current_setting", "getvariable", "getenv", "nextval", "currval", "current_query", "current_database",
        "current_schema", "current_schemas", "current_user", "read_text", "read_blob", "write_log", "in_search_path", "txid_current",
    };

    private readonly List<string> _columnPaths = [];
    private readonly RowRule _rule;

    private RuleExpression(RowRule rule) => _rule = rule;

    /// <summary>The columns that it names, as dotted paths, parameters of lambdas among them.</summary>
    public IReadOnlyList<string> ColumnPaths => _columnPaths;

    /// <exception cref="RuleException">It is not one expression, or reaches outside the row.</exception>
    public static RuleExpression Parse(Session session, RowRule rule)
    {
        var expression = new RuleExpression(rule);
        using var document = JsonDocument.Parse(Serialize(session, rule.Where!));
        var root = document.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            throw new RuleException(rule.Name, $"'{rule.Where}' is not SQL: {root.GetProperty("error_message").GetString()?.Split('\n')[0]}");
        }

        var statements = root.GetProperty("statements");
        var node = statements.GetArrayLength() == 1 ? statements[0].GetProperty("node") : default;
        if (!IsOneExpression(node))
        {
            throw new RuleException(rule.Name, $"'{rule.Where}' is not one condition: write a single SQL expression over the row's columns");
        }

        expression.Visit(node.GetProperty("select_list")[0]);
        return expression;
    }

    private static string Serialize(Session session, string where)
    {
        try
        {
            using var result = session.Query($"SELECT CAST(json_serialize_sql({Sql.Text("SELECT " + where + "\n")}) AS VARCHAR)");
            return result.ReadText()[0][0]!;
        }
        catch (QueryException e)
        {
            throw new ScienceDbException($"DuckDB could not parse '{where}': {e.Message}", e);
        }
    }

    private static bool IsOneExpression(JsonElement node) =>
        node.ValueKind == JsonValueKind.Object
        && node.GetProperty("type").GetString() == "SELECT_NODE"
        && node.GetProperty("select_list").GetArrayLength() == 1
        && node.GetProperty("select_list")[0].GetProperty("alias").GetString() is null or ""
        && node.GetProperty("from_table").GetProperty("type").GetString() == "EMPTY"
        && node.GetProperty("where_clause").ValueKind == JsonValueKind.Null
        && node.GetProperty("having").ValueKind == JsonValueKind.Null
        && node.GetProperty("qualify").ValueKind == JsonValueKind.Null
        && node.GetProperty("group_expressions").GetArrayLength() == 0
        && node.GetProperty("modifiers").GetArrayLength() == 0
        && node.GetProperty("cte_map").GetProperty("map").GetArrayLength() == 0;

    private void Visit(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Visit(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            VisitExpression(element);
            foreach (var property in element.EnumerateObject())
            {
                Visit(property.Value);
            }
        }
    }

    private void VisitExpression(JsonElement element)
    {
        switch (element.TryGetProperty("class", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null)
        {
            case "SUBQUERY":
                throw Refused("a subquery");
            case "STAR":
                throw Refused("a star");
            case "PARAMETER":
                throw Refused("a parameter");
            case "WINDOW":
                throw Refused("a window function");
            case "FUNCTION" when Forbidden.Contains(element.GetProperty("function_name").GetString()!):
                throw Refused($"the function {element.GetProperty("function_name").GetString()}");
            case "COLUMN_REF":
                _columnPaths.Add(string.Join('.', element.GetProperty("column_names").EnumerateArray().Select(name => name.GetString())));
                break;
        }
    }

    private RuleException Refused(string what) =>
        new(_rule.Name, $"'{_rule.Where}' uses {what}: a rule sees the row's columns and nothing else");
}
