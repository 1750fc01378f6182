using System.Xml;
using System.Xml.Linq;

namespace Fink.Distribution.Configuration.Xml;

/// <summary>Turns the original's distribution-rules.xml into rules with one topic, or into the list of all its mistakes.</summary>
internal sealed class XmlRulesReader
{
    private const string Root = "distribution-rules";

    private static readonly string[] Sections = ["select", "drop", "filter"];
    private static readonly string[] ColumnAttributes = ["name", "subcol"];
    private static readonly string[] RuleAttributes = ["name", "subcol", "operator", "value"];

    private readonly string _file;
    private readonly Mistakes _mistakes = new();

    private XmlRulesReader(string file) => _file = file;

    /// <exception cref="ConfigurationException">Every mistake in the file.</exception>
    public static DistributionRules Read(string text, string file, string topic) => new XmlRulesReader(file).Read(text, topic);

    private DistributionRules Read(string text, string topic)
    {
        var root = Parse(text);
        if (root.Name != Root)
        {
            throw new ConfigurationException(At(root), $"the root element must be <{Root}>, not <{root.Name}>");
        }

        RefuseAttributes(root, []);
        RefuseText(root);
        var sections = ReadSections(root);
        var select = ReadColumns(sections.GetValueOrDefault("select"));
        var drop = ReadColumns(sections.GetValueOrDefault("drop"));
        if (select.Count == 0 && !HasColumns(sections.GetValueOrDefault("select")))
        {
            _mistakes.Add(At(sections.GetValueOrDefault("select") ?? root), "<select> must name at least one column");
        }

        var kept = select.Where(column => !drop.Any(column.IsWithin)).ToList();
        if (kept.Count == 0 && select.Count > 0)
        {
            _mistakes.Add(At(sections["drop"]), "<drop> leaves no column of those selected");
        }

        var comparisons = ReadRules(sections.GetValueOrDefault("filter"), select, drop);
        _mistakes.ThrowIfAny();
        return new DistributionRules
        {
            Origin = _file,
            Topics =
            [
                new NamedTopicRule
                {
                    Name = topic,
                    Position = At(root),
                    // Dropping what is not selected does nothing, as in the original.
                    Projection = new Projection(kept, [.. drop.Where(column => kept.Any(column.IsWithin))]),
                    Where = comparisons.Count > 0 ? new ComparisonCondition(comparisons) : null,
                },
            ],
        };
    }

    private XElement Parse(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException e)
        {
            var isDtd = text.Contains("<!DOCTYPE", StringComparison.Ordinal) && e.Message.Contains("DTD", StringComparison.Ordinal);
            throw new ConfigurationException(
                new FilePosition(_file, Math.Max(1, e.LineNumber), e.LinePosition),
                isDtd ? "a DOCTYPE is refused: rules use no DTD, no entity of their own and no other file" : $"not valid XML: {e.Message}",
                e);
        }
    }

    private Dictionary<string, XElement> ReadSections(XElement root)
    {
        var sections = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var element in root.Elements())
        {
            var name = element.Name.ToString();
            if (!Sections.Contains(name))
            {
                _mistakes.Add(
                    At(element), $"<{name}> is unknown; <{Root}> holds <select>, <drop>, <filter>{NearMatches.Hint(name, Sections)}");
            }
            else if (!sections.TryAdd(name, element))
            {
                _mistakes.Add(At(element), $"<{name}> stands twice; the first is on line {At(sections[name]).Line}");
            }
            else
            {
                RefuseAttributes(element, []);
                RefuseText(element);
            }
        }

        return sections;
    }

    private List<ColumnReference> ReadColumns(XElement? section) =>
        [.. ColumnElements(section).Select(element => ReadColumn(element, ColumnAttributes)).OfType<ColumnReference>()];

    private List<Comparison> ReadRules(XElement? section, List<ColumnReference> select, List<ColumnReference> drop)
    {
        var comparisons = new List<Comparison>();
        foreach (var element in ColumnElements(section))
        {
            var column = ReadColumn(element, RuleAttributes);
            if (column is not null && select.Count > 0)
            {
                CheckIsSent(column, select, drop);
            }

            var operation = ReadOperator(element);
            var value = Attribute(element, "value") is { } text ? ComparedValue.Read(text) : null;
            if (Attribute(element, "value") is { } written && value is null)
            {
                _mistakes.Add(
                    At(element),
                    $"the value {written} is no number, no true or false, and no text in single quotes (value=\"'Star'\")");
            }

            if (column is not null && operation is { } known && value is { } compared)
            {
                comparisons.Add(new Comparison(column, known, compared.Value, compared.Kind));
            }
        }

        return comparisons;
    }

    private void CheckIsSent(ColumnReference column, List<ColumnReference> select, List<ColumnReference> drop)
    {
        if (drop.Any(column.IsWithin))
        {
            _mistakes.Add(column.Position, $"a rule on '{column}', which is dropped; a rule may only use columns that are sent");
        }
        else if (!select.Any(column.IsWithin))
        {
            var isWhole = select.Any(selected => selected.IsWithin(column));
            _mistakes.Add(column.Position, isWhole
                ? $"a rule on '{column}', of which only parts are selected: it needs a subcol"
                : $"a rule on '{column}', which is not selected; a rule may only use columns that are sent");
        }
    }

    private IEnumerable<XElement> ColumnElements(XElement? section)
    {
        foreach (var element in section?.Elements() ?? [])
        {
            if (element.Name == "column")
            {
                yield return element;
            }
            else
            {
                _mistakes.Add(At(element), $"<{element.Name}> is unknown; <{section!.Name}> holds <column name=\"…\"/>");
            }
        }
    }

    private ColumnReference? ReadColumn(XElement element, string[] attributes)
    {
        RefuseAttributes(element, attributes);
        if (element.Nodes().Any(node => node is not XComment))
        {
            _mistakes.Add(At(element), "<column> must be empty: what it says stands in its attributes");
        }

        foreach (var required in attributes.Where(name => name != "subcol" && string.IsNullOrWhiteSpace(element.Attribute(name)?.Value)))
        {
            _mistakes.Add(At(element), $"<column> lacks its attribute '{required}'");
        }

        if (element.Attribute("subcol") is { } subcol && string.IsNullOrWhiteSpace(subcol.Value))
        {
            _mistakes.Add(At(element), "the attribute 'subcol' is empty; leave it out to name the whole column");
            return null;
        }

        return Attribute(element, "name") is { } name
            ? new ColumnReference(Attribute(element, "subcol") is { } part ? [name, part] : [name], At(element), MayBeFlat: true)
            : null;
    }

    private char? ReadOperator(XElement element)
    {
        var text = Attribute(element, "operator");
        if (text is "<" or "=" or ">")
        {
            return text[0];
        }

        if (text is not null)
        {
            _mistakes.Add(At(element), $"the operator '{text}' is unknown; it must be &lt; or = or &gt;");
        }

        return null;
    }

    private void RefuseAttributes(XElement element, string[] known)
    {
        foreach (var name in element.Attributes().Select(attribute => attribute.Name.ToString()).Except(known))
        {
            _mistakes.Add(At(element), $"<{element.Name}> has no attribute '{name}'{NearMatches.Hint(name, known)}");
        }
    }

    private void RefuseText(XElement element)
    {
        if (element.Nodes().OfType<XText>().FirstOrDefault(text => !string.IsNullOrWhiteSpace(text.Value)) is { } text)
        {
            _mistakes.Add(At(text), $"<{element.Name}> holds elements only, not text");
        }
    }

    private FilePosition At(XObject node)
    {
        IXmlLineInfo info = node;
        return new FilePosition(_file, info.LineNumber, info.LinePosition);
    }

    private static bool HasColumns(XElement? section) => section?.Element("column") is not null;

    private static string? Attribute(XElement element, string name) =>
        element.Attribute(name)?.Value.Trim() is { Length: > 0 } text ? text : null;
}
