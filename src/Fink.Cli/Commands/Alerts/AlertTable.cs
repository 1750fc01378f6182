using Fink.Cli.Output;
using Fink.Client;

namespace Fink.Cli.Commands.Alerts;

/// <summary>
/// Alerts for a person: what the survey of the first one tells of each. Rows go out as they come, so that widths are
/// chosen before.
/// </summary>
internal sealed class AlertTable(TextWriter output) : AlertSink
{
    private static readonly AlertColumn[] Any =
        [AlertColumn.Topic, AlertColumn.Partition, AlertColumn.Offset, AlertColumn.Sent, AlertColumn.ObjectId, AlertColumn.AlertId];

    private static readonly AlertColumn[] OfSurvey =
    [
        AlertColumn.Topic, AlertColumn.Partition, AlertColumn.Offset, AlertColumn.ObjectId, AlertColumn.AlertId,
        AlertColumn.Observed, AlertColumn.Band, AlertColumn.Magnitude, AlertColumn.Class,
    ];

    private AlertColumn[]? _columns;

    public override void Write(Alert alert)
    {
        if (_columns is null)
        {
            _columns = alert.Schema.Survey == AlertSurvey.Unknown ? Any : OfSurvey;
            WriteRow(_columns, column => column.Heading);
        }

        WriteRow(_columns, column => PlainText.Cell(column.Of(alert) ?? "-"));
    }

    private void WriteRow(AlertColumn[] columns, Func<AlertColumn, string> cell) =>
        output.WriteLine(string.Join("  ", columns.Select(column => cell(column).PadRight(column.Width))).TrimEnd());
}

/// <summary>Alerts for a script: the same columns whatever the survey, with tabs between them.</summary>
internal sealed class AlertLines(TextWriter output) : AlertSink
{
    private static readonly AlertColumn[] Columns =
        [AlertColumn.Topic, AlertColumn.Partition, AlertColumn.Offset, AlertColumn.Sent, AlertColumn.ObjectId, AlertColumn.AlertId];

    public override void Write(Alert alert) =>
        output.WriteLine(string.Join('\t', Columns.Select(column => PlainText.Cell(column.Of(alert) ?? "-"))));
}
