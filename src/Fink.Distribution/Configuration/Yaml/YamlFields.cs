using System.Diagnostics.CodeAnalysis;

namespace Fink.Distribution.Configuration.Yaml;

/// <summary>
/// The keys of one mapping, taken by name and type. Every fault goes to the mistakes and reads as if the key were
/// absent, so that reading goes on to the next.
/// </summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly Mistakes _mistakes;

    /// <param name="what">What the mapping is, for messages: <c>a topic</c>.</param>
    /// <param name="elsewhere">Keys that are right in another place of the file, and what to say of them.</param>
    public YamlFields(
        YamlMapping mapping,
        string what,
        IReadOnlyCollection<string> known,
        IReadOnlyDictionary<string, string> elsewhere,
        Mistakes mistakes)
    {
        Position = mapping.Position;
        _mistakes = mistakes;
        foreach (var (keyNode, value) in mapping.Entries)
        {
            if (keyNode is not YamlScalar key)
            {
                mistakes.Add(keyNode.Position, $"a key must be a name, not {keyNode.Kind}");
            }
            else if (!known.Contains(key.Text))
            {
                var hint = elsewhere.TryGetValue(key.Text, out var place)
                    ? $"; {place}"
                    : NearMatches.Hint(key.Text, known);
                mistakes.Add(key.Position, $"unknown key '{key.Text}' in {what}{hint}");
            }
            else if (_values.TryGetValue(key.Text, out var first))
            {
                mistakes.Add(
                    key.Position, $"'{key.Text}' stands twice in {what}; the first is on line {first.Position.Line}");
            }
            else
            {
                _values.Add(key.Text, value);
            }
        }
    }

    public FilePosition Position { get; }

    public bool Has(string key) => _values.ContainsKey(key);

    public FilePosition PositionOf(string key) => _values.TryGetValue(key, out var node) ? node.Position : Position;

    public YamlNode? Node(string key) => _values.GetValueOrDefault(key);

    /// <summary>The text of a key; null where it is absent or, as a mistake, empty or not a plain value.</summary>
    public string? Text(string key) => Node(key) is { } node ? TextOf(node, $"'{key}'") : null;

    /// <summary>A list of texts; one text alone is a list of one.</summary>
    public IReadOnlyList<YamlScalar> Texts(string key)
    {
        switch (Node(key))
        {
            case null:
                return [];
            case YamlSequence sequence:
                return [.. sequence.Items
                    .Where(item => TextOf(item, $"an entry of '{key}'") is not null)
                    .Cast<YamlScalar>()];
            case var node:
                return TextOf(node, $"'{key}'") is null ? [] : [(YamlScalar)node];
        }
    }

    /// <summary>A value that <paramref name="parse"/> makes of the text, or null and a mistake.</summary>
    public T? Parsed<T>(string key, Func<string, T?> parse, string expected)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            _mistakes.Add(PositionOf(key), $"'{key}' is '{text}'; {expected}");
        }

        return value;
    }

    /// <summary>One of some words, or false; any other is a mistake that says which were near.</summary>
    public bool OneOf<T>(string key, IReadOnlyDictionary<string, T> words, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (Text(key) is not { } text)
        {
            return false;
        }

        if (words.TryGetValue(text, out value))
        {
            return true;
        }

        _mistakes.Add(
            PositionOf(key), $"'{key}' is '{text}'; it must be one of {string.Join(", ", words.Keys)}{NearMatches.Hint(text, words.Keys)}");
        return false;
    }

    private string? TextOf(YamlNode node, string what)
    {
        if (node is YamlScalar { IsNull: false } scalar && !string.IsNullOrWhiteSpace(scalar.Text))
        {
            return scalar.Text;
        }

        _mistakes.Add(node.Position, node is YamlScalar
            ? $"{what} is empty; give it a value or leave it out"
            : $"{what} must be one value, not {node.Kind}");
        return null;
    }
}
