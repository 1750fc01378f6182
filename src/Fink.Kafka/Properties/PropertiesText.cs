using System.Globalization;
using System.Text;

namespace Fink.Kafka.Properties;

/// <summary>
/// Reads the text format of `java.util.Properties`: `key=value`, `key:value` or `key value`, comments with `#` and `!`,
/// lines continued by a backslash, `\t \n \r \f \uXXXX` escapes, any other backslash dropped.
/// </summary>
internal static class PropertiesText
{
    public static IEnumerable<PropertyEntry> Read(string text, string source)
    {
        foreach (var (number, line) in LogicalLines(text))
        {
            var keyEnd = EndOfKey(line);
            var valueStart = StartOfValue(line, keyEnd);
            yield return new PropertyEntry(
                Unescape(line.AsSpan(0, keyEnd), source, number),
                Unescape(line.AsSpan(valueStart), source, number),
                number);
        }
    }

    private static IEnumerable<(int Number, string Line)> LogicalLines(string text)
    {
        var number = 0;
        var startedAt = 0;
        var logical = new StringBuilder();
        var continued = false;
        foreach (var natural in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var line = natural.TrimStart(' ', '\t', '\f');
            if (!continued)
            {
                if (line.Length == 0 || line[0] is '#' or '!')
                {
                    continue;
                }

                startedAt = number;
            }

            continued = EndsInOddBackslashes(line);
            logical.Append(continued ? line[..^1] : line);
            if (!continued)
            {
                yield return (startedAt, logical.ToString());
                logical.Clear();
            }
        }

        if (logical.Length > 0)
        {
            yield return (startedAt, logical.ToString());
        }
    }

    private static bool EndsInOddBackslashes(string line) =>
        (line.Length - line.AsSpan().TrimEnd('\\').Length) % 2 == 1;

    private static int EndOfKey(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] is '=' or ':' or ' ' or '\t' or '\f')
            {
                return i;
            }
        }

        return line.Length;
    }

    private static int StartOfValue(string line, int keyEnd)
    {
        var start = SkipSpace(line, keyEnd);
        return start < line.Length && line[start] is '=' or ':' ? SkipSpace(line, start + 1) : start;
    }

    private static int SkipSpace(string line, int i)
    {
        while (i < line.Length && line[i] is ' ' or '\t' or '\f')
        {
            i++;
        }

        return i;
    }

    private static string Unescape(ReadOnlySpan<char> text, string source, int line)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            if (++i == text.Length)
            {
                break;
            }

            if (text[i] == 'u')
            {
                result.Append(UnicodeEscape(text[(i + 1)..], source, line));
                i += 4;
                continue;
            }

            result.Append(text[i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', 'f' => '\f', var c => c });
        }

        return result.ToString();
    }

    private static char UnicodeEscape(ReadOnlySpan<char> text, string source, int line)
    {
        if (text.Length >= 4
            && ushort.TryParse(text[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return (char)code;
        }

        throw new ClientPropertiesException($"{source}:{line}: \\u needs four hex digits.");
    }
}

internal sealed record PropertyEntry(string Key, string Value, int Line);
