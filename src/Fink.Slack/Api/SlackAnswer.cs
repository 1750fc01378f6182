using System.Text.Json;

namespace Fink.Slack.Api;

/// <summary>What every method answers: <c>ok</c>, and <c>error</c> where it is false.</summary>
/// <param name="Error">Slack's code; empty where all went well.</param>
/// <param name="NeededScope">What <c>missing_scope</c> misses.</param>
internal sealed record SlackAnswer(JsonElement Body, string Error, string? NeededScope)
{
    public bool IsOk => Error.Length == 0;

    /// <exception cref="FormatException">It is no answer of Slack's API.</exception>
    public static SlackAnswer Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var body = document.RootElement.Clone();
            if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("ok", out var ok) || ok.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                throw new FormatException("the answer does not say ok");
            }

            return ok.GetBoolean()
                ? new SlackAnswer(body, "", null)
                : new SlackAnswer(body, Text(body, "error") ?? "an error without a name", Text(body, "needed"));
        }
        catch (JsonException e)
        {
            throw new FormatException("the answer is not JSON", e);
        }
    }

    /// <summary>A member that is text, else null.</summary>
    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static bool Flag(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
