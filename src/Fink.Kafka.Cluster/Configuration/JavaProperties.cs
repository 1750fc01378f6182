using System.Globalization;
using System.Text;

namespace Fink.Kafka.Cluster.Configuration;

/// <summary>Java's properties format, as <c>java.util.Properties</c> reads it. The order of keys is kept; a later one wins.</summary>
internal sealed class JavaProperties
{
    private readonly OrderedDictionary<string, string> _entries = [];

    public string? this[string key]
    {
        get => _entries.GetValueOrDefault(key);
        set => _entries[key] = value ?? throw new ArgumentNullException(nameof(value));
    }

    public IEnumerable<string> Keys => _entries.Keys;

    public bool Remove(string key) => _entries.Remove(key);

    public static JavaProperties Parse(string text)
    {
        var properties = new JavaProperties();
        foreach (var line in LogicalLines(text))
        {
            var end = 0;
            while (end < line.Length && line[end] is not ('=' or ':') && !char.IsWhiteSpace(line[end]))
            {
                end += line[end] == '\\' ? 2 : 1;
            }

            end = Math.Min(end, line.Length);
            var rest = line[end..].TrimStart();
            var value = rest.Length > 0 && rest[0] is '=' or ':' ? rest[1..].TrimStart() : rest;
            properties[Unescape(line[..end])] = Unescape(value);
        }

        return properties;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (key, value) in _entries)
        {
            text.Append(Escape(key, isKey: true)).Append('=').Append(Escape(value, isKey: false)).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> LogicalLines(string text)
    {
        var line = new StringBuilder();
        foreach (var natural in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var part = natural.TrimStart();
            if (line.Length == 0 && (part.Length == 0 || part[0] is '#' or '!'))
            {
                continue;
            }

            var backslashes = part.Length - part.TrimEnd('\\').Length;
            if (backslashes % 2 == 1)
            {
                line.Append(part.AsSpan(0, part.Length - 1));
                continue;
            }

            yield return line.Append(part).ToString();
            line.Clear();
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }

            var escaped = text[++i];
            if (escaped == 'u' && i + 4 < text.Length
                && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append((char)code);
                i += 4;
                continue;
            }

            plain.Append(escaped switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'f' => '\f', _ => escaped });
        }

        return plain.ToString();
    }

    private static string Escape(string text, bool isKey)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var (i, c) in text.Index())
        {
            var mustEscape = c == '\\' || (c == ' ' && (isKey || i == 0)) || (isKey && c is '=' or ':' or '#' or '!');
            escaped.Append((c, mustEscape) switch
            {
                ('\n', _) => "\\n",
                ('\r', _) => "\\r",
                ('\t', _) => "\\t",
                (_, true) => "\\" + c,
                ( < ' ' or > '~', _) => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
