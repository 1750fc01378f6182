namespace Fink.Distribution.Configuration.Yaml;

/// <summary>Turns distribution.yaml into rules, or into the list of all its mistakes.</summary>
internal sealed class YamlRulesReader
{
    private static readonly string[] SettingKeys =
        ["partitions", "replication-factor", "retention", "max-message-bytes", "compression", "wire", "schema-id"];

    private static readonly string[] TopKeys =
        ["source", "partition-by", "key", "schema-version", "topics", .. SettingKeys];

    private static readonly string[] TopicKeys =
        ["name", "by", "prefix", "suffix", "except", "where", "select", "drop", .. SettingKeys];

    private static readonly string[] ByKeys = ["prefix", "suffix", "except"];

    private static readonly Dictionary<string, string> Codecs =
        ((string[])["none", "gzip", "snappy", "lz4", "zstd"]).ToDictionary(word => word);

    private static readonly Dictionary<string, WireForm> WireForms =
        Enum.GetValues<WireForm>().ToDictionary(form => form.ToString().ToLowerInvariant());

    private static readonly Dictionary<string, string> BelongInTopic =
        TopicKeys.Except(TopKeys).ToDictionary(key => key, _ => "it belongs to an entry of 'topics'");

    private static readonly Dictionary<string, string> BelongAtTop =
        TopKeys.Except(TopicKeys).ToDictionary(key => key, _ => "it belongs at the top of the file");

    private readonly string _file;
    private readonly Mistakes _mistakes = new();

    private YamlRulesReader(string file) => _file = file;

    /// <exception cref="ConfigurationException">Every mistake in the file.</exception>
    public static DistributionRules Read(string text, string file) => new YamlRulesReader(file).Read(text);

    private DistributionRules Read(string text)
    {
        var root = YamlDocument.Read(text, _file);
        if (root is not YamlMapping mapping)
        {
            throw new ConfigurationException(
                root?.Position ?? new FilePosition(_file, 1),
                root is null or YamlScalar { IsNull: true }
                    ? "the file is empty; it needs at least 'topics'"
                    : $"the file must be keys with values ('topics: …'), not {root.Kind}");
        }

        var fields = new YamlFields(mapping, "the file", TopKeys, BelongInTopic, _mistakes);
        var defaults = ReadSettings(fields);
        var rules = new DistributionRules
        {
            Origin = _file,
            Source = fields.Text("source"),
            PartitionBy = fields.Text("partition-by") is { } path ? CheckedPath(path, fields.PositionOf("partition-by")) : null,
            Key = fields.Parsed("key", ParseKey, "it must be schema, version or none") ?? KeyFormat.Schema,
            SchemaVersion = fields.Text("schema-version"),
            Topics = ReadTopics(fields, defaults),
        };
        _mistakes.ThrowIfAny();
        return rules;
    }

    private List<TopicRule> ReadTopics(YamlFields fields, TopicSettings defaults)
    {
        var rules = new List<TopicRule>();
        switch (fields.Node("topics"))
        {
            case null:
                _mistakes.Add(fields.Position, "'topics' is missing: nothing would be sent");
                break;
            case YamlSequence { Items.Count: > 0 } sequence:
                foreach (var item in sequence.Items)
                {
                    AddTopic(item, defaults, rules);
                }

                break;
            case YamlSequence or YamlScalar { IsNull: true }:
                _mistakes.Add(fields.PositionOf("topics"), "'topics' is empty: nothing would be sent");
                break;
            case var node:
                _mistakes.Add(node.Position, $"'topics' must be a list ('- name: …'), not {node.Kind}");
                break;
        }

        ReportSameNames(rules);
        WireCheck.Report(rules, _mistakes);
        return rules;
    }

    private void AddTopic(YamlNode item, TopicSettings defaults, List<TopicRule> rules)
    {
        if (item is not YamlMapping mapping)
        {
            _mistakes.Add(item.Position, $"a topic must be keys with values ('name: …'), not {item.Kind}");
            return;
        }

        var fields = new YamlFields(mapping, "a topic", TopicKeys, BelongAtTop, _mistakes);
        var settings = ReadSettings(fields).Over(defaults);
        if (fields.Has("schema-id") && settings.Wire != WireForm.Confluent)
        {
            _mistakes.Add(fields.PositionOf("schema-id"), "'schema-id' goes with 'wire: confluent', and this topic has another form");
        }

        rules.Add(ReadTarget(fields) with
        {
            Where = fields.Text("where") is { } sql ? new SqlCondition(sql, fields.PositionOf("where")) : null,
            Projection = ReadProjection(fields),
            Settings = settings,
        });
    }

    private TopicRule ReadTarget(YamlFields fields)
    {
        foreach (var key in ByKeys.Where(key => fields.Has(key) && !fields.Has("by")))
        {
            _mistakes.Add(fields.PositionOf(key), $"'{key}' goes with 'by', and this topic has none");
        }

        if (fields.Has("name") == fields.Has("by"))
        {
            _mistakes.Add(fields.Position, fields.Has("name")
                ? "a topic has 'name' or 'by', not both"
                : "a topic needs 'name' (one topic) or 'by' (a column: one topic for each of its values)");
        }

        if (fields.Has("by"))
        {
            return new ClassTopicRule
            {
                Position = fields.Position,
                By = fields.Text("by") is { } by ? CheckedPath(by, fields.PositionOf("by")) : "",
                Prefix = ReadNamePart(fields, "prefix"),
                Suffix = ReadNamePart(fields, "suffix"),
                Except = [.. fields.Texts("except").Select(scalar => scalar.Text)],
            };
        }

        // A faulty topic is read on, so that the mistakes in its other keys show as well.
        var name = fields.Text("name") ?? "";
        if (TopicNames.Fault(name) is { } fault)
        {
            _mistakes.Add(fields.PositionOf("name"), fault);
        }

        return new NamedTopicRule { Position = fields.Position, Name = name };
    }

    private string ReadNamePart(YamlFields fields, string key)
    {
        var part = fields.Text(key) ?? "";
        if (TopicNames.CharacterFault(part) is { } fault)
        {
            _mistakes.Add(fields.PositionOf(key), fault);
        }

        return part;
    }

    private Projection ReadProjection(YamlFields fields)
    {
        var select = ReadColumns(fields, "select");
        var drop = ReadColumns(fields, "drop");
        foreach (var column in drop.Where(_ => select.Count > 0))
        {
            if (!select.Any(selected => column.IsWithin(selected)))
            {
                _mistakes.Add(column.Position, $"'drop' names '{column}', which 'select' does not take");
            }
            else if (select.Any(selected => selected.IsWithin(column)))
            {
                _mistakes.Add(column.Position, $"'{column}' is both selected and dropped");
            }
        }

        return new Projection(select, drop);
    }

    private List<ColumnReference> ReadColumns(YamlFields fields, string key)
    {
        if (fields.Node(key) is YamlSequence { Items.Count: 0 } empty)
        {
            _mistakes.Add(empty.Position, $"'{key}' names no column; leave it out");
        }

        var columns = new List<ColumnReference>();
        foreach (var scalar in fields.Texts(key))
        {
            var column = new ColumnReference(CheckedPath(scalar.Text, scalar.Position).Split('.'), scalar.Position);
            if (columns.Any(column.IsSameAs))
            {
                _mistakes.Add(scalar.Position, $"'{key}' names '{column}' twice");
            }

            columns.Add(column);
        }

        return columns;
    }

    private static TopicSettings ReadSettings(YamlFields fields) => new()
    {
        Partitions = fields.Parsed("partitions", Count(100_000), "it must be a whole number from 1 to 100000"),
        ReplicationFactor = (short?)fields.Parsed(
            "replication-factor", Count(short.MaxValue), "it must be a whole number from 1 to 32767"),
        Retention = fields.Parsed("retention", Quantities.Duration, Quantities.DurationForm),
        MaxMessageBytes = fields.Parsed("max-message-bytes", Quantities.Size, Quantities.SizeForm),
        Compression = fields.OneOf("compression", Codecs, out var codec) ? codec : null,
        Wire = fields.OneOf("wire", WireForms, out var form) ? form : null,
        SchemaId = fields.Parsed("schema-id", Count(int.MaxValue), "it must be a whole number from 1 to 2147483647"),
    };

    private string CheckedPath(string path, FilePosition position)
    {
        if (path.Split('.').Any(part => part.Length == 0 || part != part.Trim()))
        {
            _mistakes.Add(position, $"'{path}' is no column; write a name, or names with single dots between");
        }

        return path;
    }

    private void ReportSameNames(List<TopicRule> rules)
    {
        foreach (var group in rules.OfType<NamedTopicRule>().Where(rule => rule.Name.Length > 0).GroupBy(rule => rule.Name))
        {
            foreach (var again in group.Skip(1))
            {
                _mistakes.Add(
                    again.Position,
                    $"the topic '{again.Name}' stands twice; the first is on line {group.First().Position.Line}");
            }
        }
    }

    private static Func<string, int?> Count(int maximum) => text => Quantities.Count(text, maximum);

    private static KeyFormat? ParseKey(string text) => text switch
    {
        "schema" => KeyFormat.Schema,
        "version" => KeyFormat.Version,
        "none" => KeyFormat.None,
        _ => null,
    };
}
