using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Fink.Distribution.Configuration.Yaml;

/// <summary>
/// Builds the tree of a YAML file from parser events. YamlDotNet's own tree throws at the first key that stands twice;
/// this one keeps it, to be reported with everything else.
/// </summary>
internal sealed class YamlDocument
{
    // Deeper nesting than any rules file has, and far from the end of the stack.
    private const int MaximumDepth = 32;

    private readonly string _file;
    private readonly IParser _parser;
    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];

    private YamlDocument(string text, string file)
    {
        _file = file;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The root of the only document in <paramref name="text"/>, or null when there is none.</summary>
    /// <exception cref="ConfigurationException">It is not YAML; only the first such mistake can be known.</exception>
    public static YamlNode? Read(string text, string file)
    {
        try
        {
            return new YamlDocument(text, file).ReadRoot();
        }
        catch (YamlException e) when (LineWithTab(text) is { } line)
        {
            // The commonest fault, for which YamlDotNet gives the place of what was before it.
            throw new ConfigurationException(new FilePosition(file, line, 1), "indented by a tab; YAML takes spaces only", e);
        }
        catch (YamlException e)
        {
            var position = new FilePosition(file, (int)e.End.Line, (int)e.End.Column);
            throw new ConfigurationException(position, $"not valid YAML: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // What YamlDotNet's scanner throws at some broken keys ("? [").
            throw new ConfigurationException(new FilePosition(file, 1), "not valid YAML: a key is broken", e);
        }
    }

    private static int? LineWithTab(string text)
    {
        var index = Array.FindIndex(text.Split('\n'), line => line.TakeWhile(char.IsWhiteSpace).Contains('\t'));
        return index < 0 ? null : index + 1;
    }

    private YamlNode? ReadRoot()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            throw new ConfigurationException(At(second), "a second YAML document starts here; one file holds one");
        }

        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value, out var target)
                ? target
                : throw new ConfigurationException(At(alias), $"the alias *{alias.Value} has no anchor before it");
        }

        var start = _parser.Consume<NodeEvent>();
        if (depth > MaximumDepth)
        {
            throw new ConfigurationException(At(start), $"nested deeper than {MaximumDepth} levels");
        }

        YamlNode node = start switch
        {
            Scalar scalar => new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, At(scalar)),
            SequenceStart => new YamlSequence([.. ReadItems(depth)], At(start)),
            _ => new YamlMapping([.. ReadEntries(depth)], At(start)),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node;
    }

    private IEnumerable<YamlNode> ReadItems(int depth)
    {
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            yield return ReadNode(depth + 1);
        }
    }

    private IEnumerable<(YamlNode Key, YamlNode Value)> ReadEntries(int depth)
    {
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            yield return (key, ReadNode(depth + 1));
        }
    }

    private FilePosition At(ParsingEvent parsed) => new(_file, (int)parsed.Start.Line, (int)parsed.Start.Column);
}
