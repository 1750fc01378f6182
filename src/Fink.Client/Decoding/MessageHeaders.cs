using System.Text;
using Confluent.Kafka;

namespace Fink.Client.Decoding;

/// <summary>A message's headers as text. Where a name comes twice, the last one counts.</summary>
internal static class MessageHeaders
{
    public static string? Text(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var value) && value is { Length: > 0 }
            ? Encoding.UTF8.GetString(value)
            : null;

    public static IReadOnlyDictionary<string, string> All(Headers? headers)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var header in headers ?? [])
        {
            if (header.GetValueBytes() is { } value)
            {
                texts[header.Key] = Encoding.UTF8.GetString(value);
            }
        }

        return texts;
    }
}
