using Fink.Cli.Output;

namespace Fink.Cli.Terminals;

/// <summary>
/// How far a long command is: one line that is drawn over on a terminal, and one line a minute elsewhere, so that the log
/// of a cron job stays readable.
/// </summary>
internal sealed class ProgressLine(Terminal terminal, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromMinutes(1);

    private long _last = time.GetTimestamp();
    private int _shown;

    /// <summary>Shows the text if the last one is long enough ago.</summary>
    public void Show(string text)
    {
        if (time.GetElapsedTime(_last) < (terminal.IsErrorTerminal ? OnTerminal : Elsewhere))
        {
            return;
        }

        _last = time.GetTimestamp();
        var plain = PlainText.Cell(text);
        if (!terminal.IsErrorTerminal)
        {
            terminal.Error.WriteLine(plain);
            return;
        }

        var fitting = plain.Length < terminal.ErrorWidth ? plain : plain[..(terminal.ErrorWidth - 1)];
        // Carriage return and spaces need no control code that a plain terminal lacks.
        terminal.Error.Write('\r' + fitting.PadRight(_shown) + (fitting.Length < _shown ? '\r' + fitting : ""));
        _shown = fitting.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_shown > 0)
        {
            terminal.Error.Write('\r' + new string(' ', _shown) + '\r');
            _shown = 0;
        }
    }

    public void Dispose() => Clear();
}
