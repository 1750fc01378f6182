namespace Fink.Cli.Terminals;

/// <summary>
/// What is written to a terminal. One that went away takes nothing, and that is no error: SIGHUP says so to the command, which then
/// must still be able to put its things in order.
/// </summary>
internal sealed class TerminalStream(Stream terminal) : WriteOnlyStream
{
    /// <summary>Linux and macOS say EIO where no terminal is any more.</summary>
    private const int InputOutputError = 5;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            terminal.Write(buffer);
        }
        catch (IOException error) when (error.HResult == InputOutputError)
        {
            // The signal has said it, or will.
        }
    }

    public override void Flush() => terminal.Flush();
}
