using System.Text.Json;
using Fink.ScienceDb.Native;

namespace Fink.ScienceDb.Rules;

/// <summary>
/// A rule as DuckDB's own parser reads it. Only one scalar expression over the row passes: no second statement, no
/// subquery, no star, no parameter, and no function that looks outside the row.
/// </summary>
internal sealed class RuleExpression
{
    /// <summary>A long chain of AND, OR or + is a deep tree.</summary>
    private const int DeepestTree = 1000;

    private readonly List<IReadOnlyList<string>> _columns = [];
    private readonly List<Comparison> _comparisons = [];
    private readonly List<string> _lambdaParameters = [];
    private readonly RowRule _rule;
    private readonly RowFunctions _functions;
    private string _beforeExpression = "";
    private string _afterExpression = "";

    private RuleExpression(RowRule rule, RowFunctions functions)
    {
        _rule = rule;
        _functions = functions;
    }

    /// <summary>The columns that it names, each as the parts of a path; parameters of lambdas are not among them.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Columns => _columns;

    /// <summary>Its comparisons, but not those inside lambdas: they cannot be bound on their own.</summary>
    public IReadOnlyList<Comparison> Comparisons => _comparisons;

    /// <exception cref="RuleException">It is not one expression, or reaches outside the row.</exception>
    public static RuleExpression Parse(Session session, RowFunctions functions, RowRule rule)
    {
        var expression = new RuleExpression(rule, functions);
        using var document = expression.ReadTree(Serialize(session, rule));
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

        expression.VisitRoot(root.GetRawText(), node.GetProperty("select_list"));
        return expression;
    }

    private static string Serialize(Session session, RowRule rule)
    {
        try
        {
            using var result = session.Query($"SELECT CAST(json_serialize_sql({Sql.Text("SELECT " + rule.Where + "\n")}) AS VARCHAR)");
            return result.ReadText()[0][0]!;
        }
        catch (QueryException e)
        {
            throw new RuleException(rule.Name, $"'{rule.Where}' could not be parsed: {e.Message}");
        }
    }

    private JsonDocument ReadTree(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DeepestTree });
        }
        catch (JsonException)
        {
            throw new RuleException(_rule.Name, "the condition is nested too deeply: split it, or compare with a list (x IN ('a', 'b'))");
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
        && node.GetProperty("sample").ValueKind == JsonValueKind.Null
        && node.GetProperty("group_expressions").GetArrayLength() == 0
        && node.GetProperty("modifiers").GetArrayLength() == 0
        && node.GetProperty("cte_map").GetProperty("map").GetArrayLength() == 0;

    private void VisitRoot(string statement, JsonElement selectList)
    {
        var expressions = selectList.GetRawText();
        var start = statement.IndexOf(expressions, StringComparison.Ordinal);
        _beforeExpression = statement[..start];
        _afterExpression = statement[(start + expressions.Length)..];
        Visit(selectList[0]);
    }

    /// <summary>The parser's tree of a SELECT of one part of the rule.</summary>
    private string StatementOf(JsonElement part) => $"{_beforeExpression}[{part.GetRawText()}]{_afterExpression}";

    private void Visit(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Visit(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object && !VisitExpression(element))
        {
            foreach (var property in element.EnumerateObject())
            {
                Visit(property.Value);
            }
        }
    }

    /// <summary>Looks at an expression; true when what is below it has been seen to.</summary>
    private bool VisitExpression(JsonElement element)
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
            case "FUNCTION" when element.GetProperty("function_name").GetString() is { } name && !_functions.Allow(name):
                throw Refused($"the function {name}");
            case "COLUMN_REF":
                AddColumn(PathOf(element));
                return true;
            case "LAMBDA":
                VisitLambda(element.GetProperty("lhs"), element.GetProperty("expr"));
                return true;
            default:
                if (_lambdaParameters.Count == 0 && Comparison.Read(element, StatementOf) is { } comparison)
                {
                    _comparisons.Add(comparison);
                }

                return false;
        }
    }

    private void AddColumn(string[] path)
    {
        if (!_lambdaParameters.Contains(path[0], StringComparer.OrdinalIgnoreCase))
        {
            _columns.Add(path);
        }
    }

    /// <summary>Parameters are one name, or <c>row(a, b)</c>; the body sees them and the row's columns.</summary>
    private void VisitLambda(JsonElement parameters, JsonElement body)
    {
        var outer = _lambdaParameters.Count;
        _lambdaParameters.AddRange(parameters.TryGetProperty("children", out var several)
            ? several.EnumerateArray().Select(parameter => PathOf(parameter)[0])
            : [PathOf(parameters)[0]]);
        Visit(body);
        _lambdaParameters.RemoveRange(outer, _lambdaParameters.Count - outer);
    }

    private string[] PathOf(JsonElement column) => column.TryGetProperty("column_names", out var names)
        ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
        : throw Refused("the operator -> (write a lambda as lambda x: …, and a field of a struct with a dot)");

    private RuleException Refused(string what) =>
        new(_rule.Name, $"'{_rule.Where}' uses {what}: a rule sees the row's columns and nothing else");
}
