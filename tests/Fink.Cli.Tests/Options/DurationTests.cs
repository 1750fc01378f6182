using Fink.Cli.Options;

namespace Fink.Cli.Tests.Options;

public sealed class DurationTests
{
    [Theory]
    [InlineData("5", 5000)]
    [InlineData("500ms", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1.5s", 1500)]
    public void A_time_is_seconds_or_has_a_unit(string text, int milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1d")]
    [InlineData("1 s")]
    [InlineData("1e5")]
    [InlineData("99999h")]
    public void Anything_else_is_no_time(string text) => Assert.False(Duration.TryParse(text, out _));
}
