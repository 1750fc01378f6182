using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fink.Client.Credentials;

/// <summary>A YAML mapping of texts and lists of names.</summary>
internal sealed class CredentialsFile
{
    private readonly string _path;
    private readonly YamlMappingNode _root;

    private CredentialsFile(string path, YamlMappingNode root)
    {
        _path = path;
        _root = root;
    }

    /// <exception cref="AlertReadException">It cannot be read, or is no mapping. What it holds is not shown.</exception>
    public static CredentialsFile Load(string path)
    {
        try
        {
            using var text = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(text);
            return yaml.Documents is [{ RootNode: YamlMappingNode root }]
                ? new CredentialsFile(path, root)
                : throw Unusable(path, "it is no mapping of names to values");
        }
        catch (YamlException e)
        {
            throw Unusable(path, $"line {e.Start.Line} is no YAML", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, e.Message.TrimEnd('.'), e);
        }
    }

    public AlertReadException Lacks(string key) => Unusable(_path, $"it has no {key}");

    /// <summary>The value of the first of these keys that is there; null where it is empty or `null`.</summary>
    public string? Text(params string[] keys) => Value(keys) switch
    {
        null => null,
        YamlScalarNode { Value: null or "" or "null" or "~" } => null,
        YamlScalarNode scalar => scalar.Value,
        _ => throw Unusable(_path, $"{keys[0]} is no text"),
    };

    /// <summary>The items of a list, the names of a mapping, or one name.</summary>
    public IReadOnlyList<string> Names(params string[] keys) => Value(keys) switch
    {
        YamlMappingNode mapping => [.. mapping.Children.Keys.Select(Name)],
        YamlSequenceNode list => [.. list.Children.Select(Name)],
        _ => Text(keys) is { } one ? [one] : [],
    };

    public TimeSpan? Seconds(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : throw Unusable(_path, $"{key} is no number of seconds");
    }

    private YamlNode? Value(IEnumerable<string> keys) => keys
        .Select(key => _root.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null)
        .FirstOrDefault(value => value is not null);

    private string Name(YamlNode node) =>
        node is YamlScalarNode { Value: { Length: > 0 } name } ? name : throw Unusable(_path, "a topic has no name");

    private static AlertReadException Unusable(string path, string why, Exception? inner = null) =>
        new(AlertReadFailure.Invalid, $"Cannot use the credentials {path}: {why}. fink-client's register writes such a file.", inner);
}
