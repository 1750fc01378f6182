using Fink.Avro;
using Fink.Distribution.Configuration;
using Fink.ScienceDb;
using Fink.ScienceDb.Rules;
using Fink.ScienceDb.Scans;

namespace Fink.Distribution.Routing;

/// <summary>The rules made ready for sources of one schema: what one scan reads, and how its rows become messages.</summary>
internal sealed class RoutePlan
{
    private readonly List<string> _texts = [];
    private readonly List<AlertProjection> _projections = [];
    private readonly List<AlertForm> _forms = [];

    /// <param name="rules">The rules.</param>
    /// <param name="schema">The source's columns.</param>
    /// <param name="topics">Takes the topics that rules name.</param>
    /// <param name="readsAlerts">False where rows are only counted: then the scan leaves the alerts' columns out.</param>
    /// <exception cref="ConfigurationException">Columns that rules name and the source lacks, all at once.</exception>
    /// <exception cref="AlertSchemaException">A projection that no schema can be made of.</exception>
    public RoutePlan(DistributionRules rules, SourceSchema schema, TopicTable topics, bool readsAlerts = true)
    {
        var mistakes = new List<ConfigurationMistake>();
        var alert = AlertColumns.Find(schema, rules);
        var conditions = new List<RowRule>();
        var drafts = new List<(TopicRule Rule, int Form, int ClassText)>();
        foreach (var rule in rules.Topics)
        {
            try
            {
                conditions.Add(new RowRule(rule.Label, rule.Where?.ToSql(schema)));
                drafts.Add((rule, FormOf(ProjectionOf(rule.Projection, schema), rule.Settings), ClassTextOf(rule, schema)));
            }
            catch (ConfigurationException e)
            {
                mistakes.AddRange(e.Mistakes);
            }
            catch (AlertSchemaException e)
            {
                mistakes.Add(new ConfigurationMistake(rule.Position, e.Message));
            }
        }

        if (mistakes.Count > 0)
        {
            throw new ConfigurationException(mistakes);
        }

        var ids = (Alert: Text(alert.AlertId), Object: Text(alert.ObjectId), Partition: Text(alert.PartitionBy));
        var versions = rules is { Key: KeyFormat.Version, SchemaVersion: null } ? VersionTexts(rules, schema) : (-1, -1);
        var columns = schema.Columns.Select(column => column.Name)
            .Where(name => readsAlerts && _projections.Any(projection => projection.Schema.Columns.Contains(name))).ToList();
        Scan = new ScanPlan(columns, _texts, conditions);
        Rules = [.. drafts.Select(draft => Compile(draft.Rule, draft.Form, draft.ClassText, topics))];
        (AlertId, ObjectId, PartitionBy) = (Column(ids.Alert), Column(ids.Object), Column(ids.Partition));
        Whole = AlertSchema.Create(schema);
        (BrokerVersion, ScienceVersion) = (Column(versions.Item1), Column(versions.Item2));
    }

    /// <summary>The schema of an alert with all its columns.</summary>
    public AlertSchema Whole { get; }

    public ScanPlan Scan { get; }

    public IReadOnlyList<CompiledRule> Rules { get; }

    /// <summary>Every distinct thing that topics get of an alert.</summary>
    public IReadOnlyList<AlertProjection> Projections => _projections;

    /// <summary>Every distinct form in which topics get one of them.</summary>
    public IReadOnlyList<AlertForm> Forms => _forms;

    /// <summary>Where in a batch these texts are; -1 where the source has none.</summary>
    public int AlertId { get; }

    public int ObjectId { get; }

    public int PartitionBy { get; }

    public int BrokerVersion { get; }

    public int ScienceVersion { get; }

    private CompiledRule Compile(TopicRule rule, int form, int classText, TopicTable topics) => rule switch
    {
        NamedTopicRule named => new CompiledRule(rule, form, topics.Find(named.Name, rule.Settings), null, -1),
        ClassTopicRule byClass => new CompiledRule(rule, form, null, new ClassTopics(byClass, topics), Column(classText)),
        _ => throw new InvalidOperationException($"a rule of the kind {rule.GetType().Name} is not known"),
    };

    private int ProjectionOf(Projection projection, SourceSchema schema)
    {
        var (select, drop) = projection.ResolveIn(schema);
        var made = AlertSchema.Create(schema, [.. select.Select(path => path.ToString())], [.. drop.Select(path => path.ToString())]);
        var same = _projections.FindIndex(other => other.Schema.Json.AsSpan().SequenceEqual(made.Json));
        if (same >= 0)
        {
            return same;
        }

        _projections.Add(new AlertProjection(made));
        return _projections.Count - 1;
    }

    private int FormOf(int projection, TopicSettings settings)
    {
        var made = AlertForm.Of(projection, _projections[projection], settings);
        var same = _forms.FindIndex(made.IsSameAs);
        if (same >= 0)
        {
            return same;
        }

        _forms.Add(made);
        return _forms.Count - 1;
    }

    private int ClassTextOf(TopicRule rule, SourceSchema schema)
    {
        if (rule is not ClassTopicRule { By: var path })
        {
            return -1;
        }

        return AlertColumns.Has(schema, path)
            ? Text(path)
            : throw new ConfigurationException(
                rule.Position, $"the source has no column '{path}'{NearMatches.Hint(path, schema.Paths())}");
    }

    private (int Broker, int Science) VersionTexts(DistributionRules rules, SourceSchema schema)
    {
        string[] paths = ["fink_broker_version", "fink_science_version"];
        return paths.FirstOrDefault(path => !AlertColumns.Has(schema, path)) is { } missing
            ? throw new ConfigurationException(
                $"{rules.Origin}: key: version: the source has no column '{missing}'; set schema-version")
            : (Text(paths[0]), Text(paths[1]));
    }

    private int Text(string? path)
    {
        if (path is null)
        {
            return -1;
        }

        var known = _texts.IndexOf(path);
        if (known >= 0)
        {
            return known;
        }

        _texts.Add(path);
        return _texts.Count - 1;
    }

    private int Column(int text) => text < 0 ? -1 : Scan.FirstText + text;
}
