using System.Text.RegularExpressions;

namespace Fink.Kafka.Properties;

/// <summary>
/// The file that kcat and other librdkafka programs read: `name=value` a line, no escapes, `#` comments. A file is one
/// of these when it has a name that Kafka's own clients do not know.
/// </summary>
internal static partial class LibrdkafkaProperties
{
    public static bool Recognises(string text) => OnlyLibrdkafkaKnows().IsMatch(text);

    public static IEnumerable<PropertyEntry> Parse(string text, string source)
    {
        var number = 0;
        foreach (var natural in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var line = natural.TrimStart();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new ClientPropertiesException($"{source}:{number}: expected name=value.");
            }

            yield return new PropertyEntry(line[..equals].TrimEnd(), line[(equals + 1)..].Trim(), number);
        }
    }

    [GeneratedRegex(@"^\s*(sasl\.username|sasl\.password|sasl\.mechanisms|metadata\.broker\.list|ssl\.ca\.(location|pem))\s*=",
        RegexOptions.Multiline)]
    private static partial Regex OnlyLibrdkafkaKnows();
}
