using System.Text.Json.Nodes;

namespace Fink.Cli.Output;

/// <summary>What a command found, for people and for programs.</summary>
/// <param name="Tables">For people, one after the other.</param>
internal sealed record Result(JsonNode Json, params IReadOnlyList<Table> Tables)
{
    /// <summary>The rows for <c>-o tsv</c>; the first table by default.</summary>
    public Table? Tsv { get; init; }
}

/// <summary>One column of a list: its heading, its JSON key, and its value in a row.</summary>
internal sealed record Column<T>(Heading Heading, string Key, Func<T, JsonNode?> Value);

internal static class ListResult
{
    /// <summary>A JSON array of objects and a table with the same columns.</summary>
    public static Result Of<T>(IReadOnlyCollection<T> rows, string whenEmpty, params IReadOnlyList<Column<T>> columns)
    {
        var json = new JsonArray();
        var cells = new List<IReadOnlyList<string>>();
        foreach (var row in rows)
        {
            var values = columns.Select(column => column.Value(row)).ToList();
            cells.Add([.. values.Select(Text)]);
            var entry = new JsonObject();
            for (var i = 0; i < columns.Count; i++)
            {
                entry[columns[i].Key] = values[i];
            }

            json.Add(entry);
        }

        return new Result(json, new Table([.. columns.Select(column => column.Heading)], cells) { WhenEmpty = whenEmpty });
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "-",
        JsonArray array => string.Join(',', array.Select(Text)),
        JsonObject fields => string.Join(' ', fields.Select(field => $"{field.Key}={Text(field.Value)}")),
        _ => value.ToString(),
    };
}
