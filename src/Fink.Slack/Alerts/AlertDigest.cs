using System.Globalization;
using Fink.Slack.Messages;

namespace Fink.Slack.Alerts;

/// <summary>
/// Alerts by class, in the order in which each class first came. Holds the rows that a table shows and the number of the
/// others: however many alerts there are, a digest stays small.
/// </summary>
/// <param name="channels">The channels that there are; null where every class is meant to have its own.</param>
public sealed class AlertDigest(ChannelList? channels = null)
{
    private const int MostRows = 20;

    private readonly Dictionary<(AlertColumns, string), ClassRows> _classes = [];
    private readonly List<ClassRows> _order = [];

    /// <summary>All alerts that were added.</summary>
    public long Alerts { get; private set; }

    /// <summary>Of them, those that no message tells of: without a class, of class Unknown, or of a class without a channel.</summary>
    public long Skipped { get; private set; }

    public void Add(AlertRow alert)
    {
        Alerts++;
        if (alert.Class is not { } name || ChannelName.Of(name) is not { } channel || channels?.Contains(channel) == false)
        {
            Skipped++;
            return;
        }

        RowsOf(alert.Columns, name, channel).Add(alert);
    }

    /// <summary>Those of another digest, behind these.</summary>
    public void Add(AlertDigest other)
    {
        Alerts += other.Alerts;
        Skipped += other.Skipped;
        foreach (var rows in other._order)
        {
            RowsOf(rows.Columns, rows.Name, rows.Channel).Add(rows);
        }
    }

    public IReadOnlyList<ClassMessage> Messages() => [.. _order.Select(rows => rows.Message())];

    private ClassRows RowsOf(AlertColumns columns, string name, string channel)
    {
        if (!_classes.TryGetValue((columns, name), out var rows))
        {
            rows = new ClassRows(name, channel, columns);
            _classes.Add((columns, name), rows);
            _order.Add(rows);
        }

        return rows;
    }

    private sealed class ClassRows(string name, string channel, AlertColumns columns)
    {
        private readonly List<IReadOnlyList<string>> _shown = [];
        private long _alerts;

        public AlertColumns Columns => columns;

        public string Name => name;

        public string Channel => channel;

        public void Add(AlertRow alert)
        {
            _alerts++;
            if (_shown.Count < MostRows)
            {
                _shown.Add([.. alert.Values.Select(value => value ?? "null")]);
            }
        }

        public void Add(ClassRows other)
        {
            _alerts += other._alerts;
            _shown.AddRange(other._shown.Take(MostRows - _shown.Count));
        }

        public ClassMessage Message()
        {
            var more = _alerts - _shown.Count;
            var rest = more == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\nand {more} more {MessageText.Escape(TextTable.Shortened(name))}");
            var blocks = TextTable.Draw(columns.Names, _shown, MessageText.Limit - rest.Length);
            return new ClassMessage(channel, name, _alerts, [.. blocks.SkipLast(1), blocks[^1] + rest]);
        }
    }
}

/// <summary>What one channel is told of one class.</summary>
/// <param name="Channel">Its name, without #.</param>
/// <param name="Texts">One text, or several where the table is too long for one.</param>
public sealed record ClassMessage(string Channel, string Class, long Alerts, IReadOnlyList<string> Texts);
