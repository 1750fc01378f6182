using System.Text;

namespace Fink.Cli.Commands.Demo;

/// <summary>Shows what is written, and remembers it.</summary>
internal sealed class TeeWriter(TextWriter shown) : TextWriter
{
    private readonly StringBuilder _written = new();

    public override Encoding Encoding => shown.Encoding;

    public string Written => _written.ToString();

    public override void Write(char value)
    {
        shown.Write(value);
        _written.Append(value);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        shown.Write(buffer);
        _written.Append(buffer);
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Flush() => shown.Flush();
}
