using Fink.Slack.Messages;

namespace Fink.Slack.Tests.Messages;

public sealed class MessageTextTests
{
    [Theory]
    [InlineData("short", "short")]
    [InlineData("\n\nlines around\n", "lines around")]
    [InlineData("first line of it\nsecond line of it\nthird", "first line of it|second line of it\nthird")]
    [InlineData("one word after another and no line in sight", "one word after another|and no line in sight")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaa|aaaaaaaaaaa")]
    public void A_text_is_cut_at_a_line_else_at_a_word_else_anywhere(string text, string parts) =>
        Assert.Equal(parts.Split('|'), MessageText.Split(text, limit: 30));

    [Fact]
    public void A_letter_of_two_code_units_is_not_cut() =>
        Assert.Equal([new string('a', 25), "😀 and more"], MessageText.Split(new string('a', 25) + "😀 and more", limit: 30));

    [Fact]
    public void A_code_block_that_is_cut_is_closed_and_opened_again()
    {
        var parts = MessageText.Split("see\n```\n" + string.Join('\n', Enumerable.Range(100, 30)) + "\n```\nthat was it", limit: 40);

        Assert.All(parts, part => Assert.True(part.Length <= 40 && (part.Split("```").Length - 1) % 2 == 0, part));
        Assert.Equal(Enumerable.Range(100, 30).Select(i => $"{i}"), parts.SelectMany(part => part.Split('\n')).Where(line => line.StartsWith('1')));
    }

    [Theory]
    [InlineData('x')]
    [InlineData(' ')]
    [InlineData('\n')]
    [InlineData('`')]
    public void Whatever_the_letters_it_ends_and_no_part_is_too_long(char letter) =>
        Assert.All(MessageText.Split("```" + new string(letter, 10_000)), part => Assert.InRange(part.Length, 1, MessageText.Limit));
}
