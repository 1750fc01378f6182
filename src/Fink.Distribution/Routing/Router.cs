using System.Runtime.InteropServices;
using Fink.ScienceDb.Columns;

namespace Fink.Distribution.Routing;

/// <summary>A message to be: the topic that gets the alert, and the rule that gave it.</summary>
internal readonly record struct Route(AlertTopic Topic, int Rule);

/// <summary>
/// Finds the topics of each row of a batch. All rows at once and before anything is encoded, so that the topics that a batch
/// brings up are made together. One topic gets an alert once, by the first rule that gives it.
/// </summary>
/// <param name="plan">The rules.</param>
/// <param name="only">Names of the topics that a slice is sent again for; null for all.</param>
internal sealed class Router(RoutePlan plan, IReadOnlyCollection<string>? only = null)
{
    private readonly HashSet<string>? _only = only is null ? null : new(only, StringComparer.Ordinal);
    private readonly List<Route> _routes = [];
    private readonly List<int> _ends = [];
    private readonly List<long> _takenBy = [];
    private readonly ColumnVector[] _matches = new ColumnVector[plan.Rules.Count];
    private readonly ColumnVector[] _classes = new ColumnVector[plan.Rules.Count];
    private long _rows;

    /// <summary>The topics of a row of the batch that was routed last.</summary>
    public ReadOnlySpan<Route> this[int row]
    {
        get
        {
            var start = row == 0 ? 0 : _ends[row - 1];
            return CollectionsMarshal.AsSpan(_routes)[start.._ends[row]];
        }
    }

    /// <summary>All messages that the batch that was routed last gives.</summary>
    public ReadOnlySpan<Route> All => CollectionsMarshal.AsSpan(_routes);

    public void Route(ColumnBatch batch)
    {
        _routes.Clear();
        _ends.Clear();
        for (var rule = 0; rule < plan.Rules.Count; rule++)
        {
            _matches[rule] = batch[plan.Scan.FirstRule + rule];
            _classes[rule] = plan.Rules[rule].ClassColumn < 0 ? default : batch[plan.Rules[rule].ClassColumn];
        }

        for (var row = 0; row < batch.RowCount; row++, _rows++)
        {
            RouteRow(row);
            _ends.Add(_routes.Count);
        }
    }

    private void RouteRow(int row)
    {
        for (var rule = 0; rule < _matches.Length; rule++)
        {
            if (_matches[rule].IsNull(row) || _matches[rule].Value<byte>(row) == 0)
            {
                continue;
            }

            if (TopicOf(rule, row) is { } topic && IsFirst(topic) && _only?.Contains(topic.Name) != false)
            {
                _routes.Add(new Route(topic, rule));
            }
        }
    }

    private AlertTopic? TopicOf(int rule, int row)
    {
        var compiled = plan.Rules[rule];
        if (compiled.Classes is null)
        {
            return compiled.Topic;
        }

        return _classes[rule].IsNull(row) ? null : compiled.Classes.Of(_classes[rule].Bytes(row));
    }

    private bool IsFirst(AlertTopic topic)
    {
        while (_takenBy.Count <= topic.Index)
        {
            _takenBy.Add(-1);
        }

        var isFirst = _takenBy[topic.Index] != _rows;
        _takenBy[topic.Index] = _rows;
        return isFirst;
    }
}
