using System.Text;

namespace Fink.Kafka.Properties;

/// <summary>A properties file as <c>java.util.Properties</c> reads and writes it. The order of keys is kept; a later one wins.</summary>
public sealed class JavaProperties
{
    private readonly OrderedDictionary<string, string> _entries = [];
    private readonly Dictionary<string, int> _lines = [];

    public string? this[string key]
    {
        get => _entries.GetValueOrDefault(key);
        set => _entries[key] = value ?? throw new ArgumentNullException(nameof(value));
    }

    public IEnumerable<string> Keys => _entries.Keys;

    /// <summary>The line, from 1, of the text that the key's value was read from; null where it was not read.</summary>
    public int? LineOf(string key) => _lines.TryGetValue(key, out var line) ? line : null;

    /// <param name="source">What the text is called in messages.</param>
    /// <exception cref="ClientPropertiesException">An escape that is none.</exception>
    public static JavaProperties Parse(string text, string source)
    {
        var properties = new JavaProperties();
        foreach (var entry in PropertiesText.Read(text, source))
        {
            properties[entry.Key] = entry.Value;
            properties._lines[entry.Key] = entry.Line;
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
