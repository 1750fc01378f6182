namespace Fink.Cli.Terminals;

/// <summary>
/// What is written to a terminal. One that went away takes nothing, and that is no error: SIGHUP says so to the command, which then
/// must still be able to put its things in order.
/// </summary>
internal sealed class TerminalStream(Stream terminal) : Stream
{
    /// <summary>Linux and macOS say EIO where no terminal is any more.</summary>
    private const int InputOutputError = 5;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

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

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
