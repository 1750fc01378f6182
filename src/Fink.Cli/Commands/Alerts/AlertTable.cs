using Fink.Cli.Output;
using Fink.Cli.Terminals;
using Fink.Client;

namespace Fink.Cli.Commands.Alerts;

/// <summary>
/// Alerts for a person: what the survey of the first one tells of each. Rows go out as they come, so that widths are
/// chosen before; a terminal that is too narrow for a row shows fewer columns, and no row takes two lines.
/// </summary>
internal sealed class AlertTable(Terminal terminal) : AlertSink
{
    private const int Gap = 2;

    internal static readonly AlertColumn[] Any =
        [AlertColumn.Topic, AlertColumn.Partition, AlertColumn.Offset, AlertColumn.Sent, AlertColumn.ObjectId, AlertColumn.AlertId];

    internal static readonly AlertColumn[] OfSurvey =
    [
        AlertColumn.Topic, AlertColumn.Partition, AlertColumn.Offset, AlertColumn.ObjectId, AlertColumn.AlertId,
        AlertColumn.Observed, AlertColumn.Band, AlertColumn.Magnitude, AlertColumn.Class,
    ];

    /// <summary>What a person misses least, first.</summary>
    private static readonly AlertColumn[] Spared =
        [AlertColumn.Partition, AlertColumn.Topic, AlertColumn.AlertId, AlertColumn.Offset, AlertColumn.Sent, AlertColumn.Class];

    private AlertColumn[]? _columns;

    public override void Write(Alert alert)
    {
        if (_columns is null)
        {
            var columns = alert.Schema.Survey == AlertSurvey.Unknown ? Any : OfSurvey;
            _columns = terminal.IsOutputTerminal ? Fitting(columns, terminal.Width) : columns;
            WriteRow(_columns, column => column.Heading);
        }

        WriteRow(_columns, column => PlainText.Cell(column.Of(alert) ?? "-"));
    }

    internal static AlertColumn[] Fitting(AlertColumn[] columns, int room)
    {
        foreach (var spared in Spared)
        {
            if (columns.Sum(column => column.Width + Gap) - Gap <= room)
            {
                break;
            }

            columns = [.. columns.Where(column => column != spared)];
        }

        return columns;
    }

    private void WriteRow(AlertColumn[] columns, Func<AlertColumn, string> cell) =>
        terminal.Out.WriteLine(string.Join(new string(' ', Gap), columns.Select(column => cell(column).PadRight(column.Width))).TrimEnd());
}

/// <summary>Alerts for a script: the same columns whatever the survey, with tabs between them.</summary>
internal sealed class AlertLines(TextWriter output) : AlertSink
{
    private static readonly AlertColumn[] Columns =
        [AlertColumn.Topic, AlertColumn.Partition, AlertColumn.Offset, AlertColumn.Sent, AlertColumn.ObjectId, AlertColumn.AlertId];

    public override void Write(Alert alert) =>
        output.WriteLine(string.Join('\t', Columns.Select(column => PlainText.Cell(column.Of(alert) ?? "-"))));
}
