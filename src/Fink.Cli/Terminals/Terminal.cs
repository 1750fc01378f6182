namespace Fink.Cli.Terminals;

/// <summary>The three streams of the command, and what stands at their other ends.</summary>
internal sealed class Terminal
{
    public required TextReader In { get; init; }

    /// <summary>Results, and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>All else: progress, prompts, notes, errors.</summary>
    public required TextWriter Error { get; init; }

    public bool IsInputTerminal { get; init; }

    public bool IsOutputTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether letters beyond ASCII are shown as they are meant.</summary>
    public bool IsUtf8 { get; init; } = true;

    /// <summary>Columns of the terminal that shows results.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Columns of the terminal that shows progress, also while results go into a pipe.</summary>
    public int ErrorWidth { get; init; } = 120;

    /// <summary>From now on the terminal shows nothing of what is typed; only where the input is a terminal.</summary>
    public Action HideTyping { get; init; } = () => { };

    /// <summary>The next key, not shown; only where the input is a terminal.</summary>
    public Func<ConsoleKeyInfo> ReadKey { get; init; } = () => throw new InvalidOperationException("the input is no terminal");

    /// <summary>A terminal whose results go where errors go: for what is told beside a result for programs.</summary>
    public Terminal OfErrors() => new()
    {
        In = In,
        Out = Error,
        Error = Error,
        IsOutputTerminal = IsErrorTerminal,
        IsErrorTerminal = IsErrorTerminal,
        IsUtf8 = IsUtf8,
        Width = ErrorWidth,
        ErrorWidth = ErrorWidth,
    };

    /// <summary>
    /// Waits for what somebody types, on a thread of its own: .NET's console knows no cancellation, and a command that was
    /// told to stop ends without the answer.
    /// </summary>
    /// <exception cref="OperationCanceledException">The command was told to stop.</exception>
    public T Ask<T>(Func<T> read, CancellationToken cancellationToken)
    {
        try
        {
            return Task.Run(read, cancellationToken).WaitAsync(cancellationToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Error.WriteLine(); // Behind the prompt.
            throw;
        }
    }
}
