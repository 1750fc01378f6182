using System.Text.Json;

namespace Fink.ScienceDb.Rules;

/// <summary>Values that a rule compares with each other, by an operator, BETWEEN or IN: the first with each other one.</summary>
internal sealed record Comparison(IReadOnlyList<ComparedSide> Sides)
{
    /// <summary>Null where the element of the parser's tree is no comparison.</summary>
    /// <param name="toStatement">Makes the tree of a SELECT of one expression.</param>
    public static Comparison? Read(JsonElement element, Func<JsonElement, string> toStatement)
    {
        JsonElement[]? sides = Text(element, "class") switch
        {
            "COMPARISON" => [element.GetProperty("left"), element.GetProperty("right")],
            "BETWEEN" => [element.GetProperty("input"), element.GetProperty("lower"), element.GetProperty("upper")],
            "OPERATOR" when Text(element, "type") is "COMPARE_IN" or "COMPARE_NOT_IN" => [.. element.GetProperty("children").EnumerateArray()],
            _ => null,
        };
        return sides is null
            ? null
            : new Comparison([.. sides.Select(side => new ComparedSide(toStatement(side), Text(side, "class") == "CONSTANT", ColumnOf(side)))]);
    }

    private static string? ColumnOf(JsonElement side) =>
        side.TryGetProperty("column_names", out var names) && names.GetArrayLength() == 1 ? names[0].GetString() : null;

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <param name="Statement">A SELECT of it, as the parser's tree in JSON.</param>
/// <param name="Column">The name, where it is a column and not a field of one.</param>
internal sealed record ComparedSide(string Statement, bool IsConstant, string? Column);
