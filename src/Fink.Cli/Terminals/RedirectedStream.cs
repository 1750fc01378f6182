namespace Fink.Cli.Terminals;

/// <summary>What is written to a file or a pipe that the shell opened, or closed: an error names the output, whose path nobody here knows.</summary>
internal sealed class RedirectedStream(Stream output) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            output.Write(buffer);
        }
        catch (IOException error)
        {
            throw new IOException($"cannot write the output: {error.Message}", error.HResult);
        }
        catch (UnauthorizedAccessException)
        {
            // What .NET makes of EBADF.
            throw new IOException("cannot write the output: it is closed");
        }
    }

    public override void Flush() => output.Flush();
}
