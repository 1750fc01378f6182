namespace Fink.Cli.Terminals;

/// <summary>What is written to a file or a pipe that the shell opened: an error names the output, whose path nobody here knows.</summary>
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
    }

    public override void Flush() => output.Flush();
}
