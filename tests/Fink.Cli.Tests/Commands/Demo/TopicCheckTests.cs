using Fink.Cli.Commands.Demo;

namespace Fink.Cli.Tests.Commands.Demo;

public sealed class TopicCheckTests
{
    [Fact]
    public void Equal_alerts_in_any_order_are_right() =>
        Assert.Null(new TopicCheck("t", "ana", ["1", "2", "3"], 3, ["3", "1", "2"]).Difference);

    [Theory]
    [InlineData("1 2", 2, "1 2 3", "1 missing")]
    [InlineData("1 2", 3, "1 2 3", "1 missing, distribute said 3")]
    [InlineData("1 2 9", 3, "1 2 3", "1 missing, 1 not of this topic")]
    [InlineData("1 2 3 3", 4, "1 2 3", "1 more than once")]
    [InlineData("1 2 3", 4, "1 2 3", "distribute said 4")]
    [InlineData("1 2 3", null, "1 2 3", "distribute said nothing of it")]
    [InlineData("1 2 3", 3, "1 2 3 3", "3 instead of 4")]
    [InlineData("1 2 2", 3, "1 2 3", "1 missing, 1 more than once")]
    public void Every_difference_is_named(string found, int? sent, string expected, string difference) =>
        Assert.Equal(difference, new TopicCheck("t", "ana", expected.Split(' '), sent, found.Split(' ')).Difference);

    [Theory]
    [InlineData("│ fink_a │     184 │  184 │      0 │", 184L)]
    [InlineData("| fink_a | 184 | 184 | 0 |", 184L)]
    [InlineData("fink_a           184   184       0", 184L)]
    [InlineData("fink_a           184   183       1", null)]
    [InlineData("fink_a           184   183       0", null)]
    [InlineData("fink_ab          184   184       0", null)]
    public void What_distribute_printed_is_read_drawn_and_plain(string row, long? sent) =>
        Assert.Equal(sent, PrintedCounts.SentOf("fink_a", $"TOPIC  MATCHED  SENT  FAILED\n{row}\n"));
}
