using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Cluster.Embedded;

/// <summary>
/// Writes each message as one line with its time and level, exceptions as their messages, from <see cref="LogLevel.Information"/> on.
/// Messages hold names that clients chose: their control characters become spaces, and what is too long is cut.
/// </summary>
public sealed class LineLoggers(TextWriter output, TimeProvider time) : ILoggerFactory
{
    /// <summary>In characters. Paths and reasons of ours are shorter; a user's name may be half a megabyte.</summary>
    private const int Longest = 4000;

    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    /// <summary>There is one way that lines go.</summary>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <summary>The writer stays its owner's.</summary>
    public void Dispose()
    {
    }

    private void Write(LogLevel level, string category, string message, Exception? error)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture);
        var line = $"[{now}] {Word(level)} {OneLine($"{message}{(error is null ? "" : $": {error.GetType().Name}: {error.Message}")}")} ({category})";
        lock (_lock)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private static string OneLine(string text)
    {
        var cut = text.Length > Longest ? $"{text[..Longest]}…" : text;
        return string.Concat(cut.ReplaceLineEndings(" ").Select(letter => char.IsControl(letter) ? ' ' : letter));
    }

    /// <summary>As Kafka's own log has them, which are looked for in it.</summary>
    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        LogLevel.Error => "ERROR",
        LogLevel.Critical => "FATAL",
        _ => "DEBUG",
    };

    private sealed class Category(LineLoggers owner, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                owner.Write(logLevel, name, formatter(state, exception), exception);
            }
        }
    }
}
