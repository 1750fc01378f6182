using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fink.Avro.Tests.Oracles;

/// <summary>Compares JSON by value: numbers by what they say (<c>-999.0</c> is <c>-999</c>), integers to the last digit.</summary>
internal static class Json
{
    /// <summary>The path and both sides of the first difference; null where there is none.</summary>
    public static string? FirstDifference(JsonNode? expected, JsonNode? actual, string path = "$") => (expected, actual) switch
    {
        (null, null) => null,
        (JsonObject left, JsonObject right) => Different(path, Names(left), Names(right))
            ?? left.Select(entry => FirstDifference(entry.Value, right[entry.Key], $"{path}.{entry.Key}")).FirstOrDefault(found => found is not null),
        (JsonArray left, JsonArray right) => Different(path, $"{left.Count} items", $"{right.Count} items")
            ?? left.Select((item, i) => FirstDifference(item, right[i], $"{path}[{i}]")).FirstOrDefault(found => found is not null),
        _ => Different(path, Scalar(expected), Scalar(actual)),
    };

    private static string Names(JsonObject json) => string.Join(',', json.Select(entry => entry.Key).Order(StringComparer.Ordinal));

    private static string? Different(string path, string expected, string actual) =>
        expected == actual ? null : $"{path}: expected {expected}, got {actual}";

    private static string Scalar(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        if (node?.GetValueKind() != JsonValueKind.Number || long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            return node?.GetValueKind() == JsonValueKind.String ? $"\"{node.GetValue<string>()}\"" : text;
        }

        return double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
    }
}
