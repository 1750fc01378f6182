using Fink.Kafka.Cluster.Embedded;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Cluster.Tests.Embedded;

public sealed class LineLoggersTests
{
    [Theory]
    [InlineData("eve\r\n[2026-01-01 00:00:00,000] INFO forged", "eve [2026-01-01 00:00:00,000] INFO forged")]
    [InlineData("eve\u001b[2J\u0007\u0085\u009b31m", "eve [2J   31m")]
    public void A_name_that_a_client_chose_makes_no_second_line_and_moves_no_terminal(string name, string written) =>
        Assert.Equal($"[2026-11-01 00:00:00,000] INFO no user {written} (Login){Environment.NewLine}", Logged($"no user {name}"));

    [Fact]
    public void A_name_of_half_a_megabyte_is_cut() => Assert.InRange(Logged($"no user {new string('x', 500_000)}").Length, 1000, 10_000);

    private static string Logged(string message)
    {
        using var output = new StringWriter();
        using var loggers = new LineLoggers(output, new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)));
        loggers.CreateLogger("Fink.Login").Log(LogLevel.Information, default, message, null, (text, _) => text);
        return output.ToString();
    }
}
