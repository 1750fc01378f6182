using System.Text;
using Fink.Distribution.Configuration;
using Fink.Distribution.Routing;
using Fink.Distribution.WorkLists;
using Fink.ScienceDb;
using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Sources;

namespace Fink.Distribution.Planning;

/// <summary>
/// The source of a run with the rules bound to its files: files of one schema share a plan. Owns the database; one thread at
/// a time.
/// </summary>
internal sealed class AlertSource : IDisposable
{
    private readonly DistributionRules _rules;
    private readonly TopicTable _topics;
    private readonly Dictionary<string, RoutePlan> _plans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceFile> _files;
    private readonly Action<RoutePlan>? _onPlan;

    /// <param name="options">Rules and source.</param>
    /// <param name="topics">Takes the topics that rules name.</param>
    /// <param name="onPlan">Told of each new plan, once a schema; a plan that it refuses is none. Null where rows are only counted.</param>
    /// <exception cref="ScienceDbException">The source is not there or cannot be listed.</exception>
    public AlertSource(DistributionOptions options, TopicTable topics, Action<RoutePlan>? onPlan)
    {
        (_rules, _topics, _onPlan) = (options.Rules, topics, onPlan);
        var source = new ScienceSource(options.Source);
        Listing = source.List();
        _files = Listing.Files.ToDictionary(file => file.Name, StringComparer.Ordinal);
        Database = new ScienceDatabase(new ScienceDatabaseOptions(Listing.Folders));
    }

    public SourceListing Listing { get; }

    public ScienceDatabase Database { get; }

    /// <summary>The file of a slice.</summary>
    /// <exception cref="UnreadableFileException">It has gone, or is another by now.</exception>
    public SourceFile Find(string name, long size)
    {
        if (!_files.TryGetValue(name, out var file))
        {
            throw new UnreadableFileException(name, "it was planned and is no longer in the source");
        }

        return file.Size == size
            ? file
            : throw new UnreadableFileException(name, $"it was planned with {size} bytes and has {file.Size} now");
    }

    /// <summary>
    /// Makes sure, before anything is sent, that the rules fit a file of the source: the first that they fit. Null when the
    /// source has no file that can be read.
    /// </summary>
    /// <exception cref="ConfigurationException">They fit none: every mistake for the first file.</exception>
    public RoutePlan? CheckRules(Action<FailedFile> unreadable)
    {
        ConfigurationException? first = null;
        foreach (var file in Listing.Files)
        {
            try
            {
                return PlanFor(file);
            }
            catch (ConfigurationException e)
            {
                first ??= e;
            }
            catch (UnreadableFileException e)
            {
                unreadable(new FailedFile(e.File, e.Reason));
            }
        }

        return first is null ? null : throw first;
    }

    /// <exception cref="UnreadableFileException">The file's footer cannot be read.</exception>
    public IReadOnlyList<Slice> Cut(SourceFile file) => Slicer.Cut(Database, file);

    /// <summary>Every slice of the source, in the order of the files.</summary>
    public IReadOnlyList<Slice> CutAll(Action<FailedFile> unreadable)
    {
        var slices = new List<Slice>();
        foreach (var file in Listing.Files)
        {
            try
            {
                slices.AddRange(Cut(file));
            }
            catch (UnreadableFileException e)
            {
                unreadable(new FailedFile(e.File, e.Reason));
            }
        }

        return slices;
    }

    /// <exception cref="ConfigurationException">Rules that do not fit the file.</exception>
    /// <exception cref="UnreadableFileException">The file cannot be read.</exception>
    public RoutePlan PlanFor(SourceFile file)
    {
        var schema = Database.ReadSchema(file);
        var signature = Signature(schema);
        if (!_plans.TryGetValue(signature, out var plan))
        {
            plan = new RoutePlan(_rules, schema, _topics, readsAlerts: _onPlan is not null);
            Check(plan, file, schema);
            _onPlan?.Invoke(plan);
            _plans.Add(signature, plan);
        }

        return plan;
    }

    public void Dispose() => Database.Dispose();

    private void Check(RoutePlan plan, SourceFile file, SourceSchema schema)
    {
        var mistakes = new List<ConfigurationMistake>();
        for (var i = 0; i < plan.Rules.Count; i++)
        {
            try
            {
                Database.CheckRules([plan.Scan.Rules[i]], file, schema);
            }
            catch (RuleException e)
            {
                var rule = plan.Rules[i].Rule;
                mistakes.Add(new ConfigurationMistake(rule.Where?.Position ?? rule.Position, $"rule of {e.Rule}: {e.Reason}"));
            }
        }

        if (mistakes.Count > 0)
        {
            throw new ConfigurationException(mistakes);
        }
    }

    private static string Signature(SourceSchema schema)
    {
        var text = new StringBuilder();
        Append(text, schema.Columns);
        text.Append('|');
        Append(text, schema.HiveColumns);
        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<ColumnField> fields)
    {
        foreach (var field in fields)
        {
            text.Append(field.Name.Length).Append(':').Append(field.Name).Append(' ').Append(field.Type.Kind)
                .Append(field.Type.Precision).Append('.').Append(field.Type.Scale).Append('(');
            Append(text, field.Type.Children);
            text.Append(')');
        }
    }
}
