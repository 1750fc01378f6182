using System.Globalization;
using Fink.Cli.Terminals;
using Fink.Distribution;

namespace Fink.Cli.Commands.Alerts;

/// <summary>How far a distribution is: bar, rate and remaining time on a terminal, one line a minute elsewhere.</summary>
internal sealed class DistributionReport(Terminal terminal, TimeProvider time) : IProgress<DistributionProgress>, IDisposable
{
    private const int BarWidth = 24;

    private readonly Lock _lock = new();
    private readonly ProgressLine _line = new(terminal, time);
    private long? _begun;
    private long _readAtBegin;
    private bool _isDone;

    public void Report(DistributionProgress value)
    {
        lock (_lock)
        {
            if (_isDone)
            {
                return;
            }

            if (value.Phase == DistributionPhase.Distributing && _begun is null)
            {
                _begun = time.GetTimestamp();
                _readAtBegin = value.RowsRead;
            }

            _line.Show(Text(value));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDone = true;
            _line.Clear();
        }
    }

    private string Text(DistributionProgress value) => value.Phase switch
    {
        DistributionPhase.Preparing => "looking for alerts ...",
        DistributionPhase.Waiting => "another run of this job is at work, waiting for its turn ...",
        _ => Counts(value),
    };

    private string Counts(DistributionProgress value)
    {
        var elapsed = time.GetElapsedTime(_begun!.Value).TotalSeconds;
        var rate = elapsed > 0 ? (value.RowsRead - _readAtBegin) / elapsed : 0;
        var share = value.RowsTotal > 0 ? Math.Min(1, (double)value.RowsRead / value.RowsTotal) : 0;
        var left = rate > 0 ? TimeSpan.FromSeconds(Math.Max(0, value.RowsTotal - value.RowsRead) / rate) : (TimeSpan?)null;
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{share:0%} {value.RowsRead}/{value.RowsTotal} alerts, {rate:0}/s, {Remaining(left)} left, {value.Sent} sent, {value.Failed} failed");
        var bar = $"[{new string('#', (int)(share * BarWidth)).PadRight(BarWidth)}] ";
        // A narrow terminal has the numbers rather than the bar.
        return terminal.IsErrorTerminal && bar.Length + counts.Length < terminal.ErrorWidth ? bar + counts : counts;
    }

    private static string Remaining(TimeSpan? left) => left is { TotalDays: < 100 } known
        ? known.ToString(known.TotalHours >= 1 ? @"d\.hh\:mm\:ss" : @"mm\:ss", CultureInfo.InvariantCulture)
        : "?";
}
