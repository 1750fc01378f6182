using System.Runtime.CompilerServices;
using Fink.Client;

namespace Fink.Slack.Alerts;

/// <summary>Alerts of topics and of Avro files as rows. A schema's columns are chosen once.</summary>
public sealed class AlertRows(string? classColumn)
{
    // As long as the reader keeps a schema: topics may bring any number of them.
    private readonly ConditionalWeakTable<AlertSchema, AlertColumns> _columns = [];

    /// <summary>For <see cref="AlertConsumerOptions.Require"/>: alerts of which no table can tell are bad messages.</summary>
    /// <exception cref="AlertReadException">A column that a table needs is not in the alert's schema.</exception>
    public void Require(Alert alert)
    {
        try
        {
            ColumnsOf(alert);
        }
        catch (UnknownColumnException e)
        {
            throw new AlertReadException(AlertReadFailure.Undecodable, $"Cannot tell of {alert}: {e.Message}.", e)
            {
                Position = alert.Position,
                AlertId = alert.AlertId,
            };
        }
    }

    /// <exception cref="UnknownColumnException">A column that a table needs is not in the alert's schema.</exception>
    public AlertRow Of(Alert alert)
    {
        var columns = ColumnsOf(alert);
        return new AlertRow(columns, [.. columns.Names.Select(name => alert.Find(name.Split('.')).ToString() is { Length: > 0 } text ? text : null)]);
    }

    private AlertColumns ColumnsOf(Alert alert)
    {
        if (!_columns.TryGetValue(alert.Schema, out var columns))
        {
            columns = AlertColumns.Choose(alert.Topic, [.. RecordColumns.Of(alert.Schema.Record)], classColumn);
            _columns.Add(alert.Schema, columns);
        }

        return columns;
    }
}
