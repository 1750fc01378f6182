using Fink.Cli.Terminals;

namespace Fink.Cli.Tests.Output;

public sealed class TerminalStreamTests
{
    [Fact]
    public void A_terminal_that_went_away_takes_nothing_and_stops_nobody()
    {
        using var writer = new StreamWriter(new TerminalStream(new Failing(errno: 5))) { AutoFlush = true };

        writer.WriteLine("stopping broker-0");
    }

    [Fact]
    public void Every_other_error_is_one()
    {
        using var stream = new TerminalStream(new Failing(errno: 28));

        Assert.Throws<IOException>(() => stream.Write("text"u8));
    }

    private sealed class Failing(int errno) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("as the system says", errno);
    }
}
