using Fink.TestSupport.Slack;

namespace Fink.Slack.Tests;

public sealed class SendTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Ana Example", "U0000ANA1")]
    [InlineData("ana example", "U0000ANA1")]
    [InlineData("@ben", "U0000BEN1")]
    [InlineData("Benny", "U0000BEN1")]
    [InlineData("Cleo Last Page", "U0000CLE1")]
    [InlineData("U0000BEN1", "U0000BEN1")]
    [InlineData("DELPHINE", "U0000DEL1")]
    public async Task A_user_is_found_by_any_name_on_any_page(string name, string id)
    {
        await using var workspace = await SlackWorkspace.OpenAsync();
        workspace.Double.People.AddRange(
        [
            new("U0000OLD1", "ana", "Ana Example", IsGone: true), new("U0000BOT1", "bot", "Ana Example", IsBot: true),
            new("U0000ANA1", "anna", "Ana Example"), new("U0000BEN1", "ben", "Benjamin Example", "Benny"),
            new("U0000DEL1", "delphine", "Delphine"), new("U0000CLE1", "cleo", "Cleo Last Page"),
        ]);
        using var slack = await workspace.ConnectAsync();

        await slack.SendAsync(name, "hello", Cancel);

        var post = Assert.Single(workspace.Double.Posts);
        Assert.Equal((id, "hello", "fink-alert"), (post.Channel, post.Text, post.UserName));
    }

    [Fact]
    public async Task A_user_whom_nobody_knows_is_named_with_those_who_may_be_meant()
    {
        await using var workspace = await SlackWorkspace.OpenAsync();
        workspace.Double.People.AddRange([new("U0000ANA1", "ana", "Ana Example"), new("U0000ANA2", "ana2", "Twin"), new("U0000ANA3", "ana3", "Twin")]);
        using var slack = await workspace.ConnectAsync();

        Assert.Contains("Did you mean Ana Example?", (await FailsAsync(slack, "Ana Exampel", SlackFailure.NotFound)).Message, StringComparison.Ordinal);
        Assert.Contains("'#alerts'", (await FailsAsync(slack, "alerts", SlackFailure.NotFound)).Message, StringComparison.Ordinal);
        Assert.Contains("U0000ANA2, U0000ANA3", (await FailsAsync(slack, "Twin", SlackFailure.NotFound)).Message, StringComparison.Ordinal);
        Assert.Empty(workspace.Double.Posts);
    }

    [Fact]
    public async Task A_long_message_comes_in_parts_a_second_apart_and_each_is_whole()
    {
        await using var workspace = await SlackWorkspace.OpenAsync("alerts");
        using var slack = await workspace.ConnectAsync();
        var lines = Enumerable.Range(0, 500).Select(i => $"line {i} of a long night").ToList();

        var parts = await workspace.PassAsync(slack.SendAsync("#alerts", string.Join('\n', lines), Cancel));

        var posts = workspace.Double.Posts;
        Assert.Equal(parts, posts.Count);
        Assert.True(parts > 1);
        Assert.Equal(lines, posts.SelectMany(post => post.Text.Split('\n')));
        Assert.All(posts.Zip(posts.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(1)));
        Assert.Empty(workspace.Waits);
    }

    [Theory]
    [InlineData("invalid_auth", SlackFailure.Refused, "does not know this token")]
    [InlineData("token_revoked", SlackFailure.Refused, "no longer valid")]
    [InlineData("account_inactive", SlackFailure.Refused, "no longer valid")]
    public async Task A_token_that_Slack_refuses_is_told_at_once(string code, SlackFailure failure, string why)
    {
        await using var workspace = await SlackWorkspace.OpenAsync();
        workspace.Double.TokenError = code;

        var refused = await Assert.ThrowsAsync<SlackException>(workspace.ConnectAsync);

        Assert.Equal(failure, refused.Failure);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains(code, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SlackDouble.Token, refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, workspace.Double.Requests);
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_named()
    {
        await using var workspace = await SlackWorkspace.OpenAsync("alerts");
        workspace.Double.Scopes.Clear();
        using var slack = await workspace.ConnectAsync();

        Assert.Contains("the scope chat:write ", (await FailsAsync(slack, "#alerts", SlackFailure.Refused)).Message, StringComparison.Ordinal);
        Assert.Contains("the scope users:read ", (await FailsAsync(slack, "Ana Example", SlackFailure.Refused)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#nowhere", SlackFailure.NotFound, "no channel #nowhere")]
    [InlineData("#old", SlackFailure.Archived, "#old is archived")]
    [InlineData("#closed", SlackFailure.NotInChannel, "no member of #closed")]
    public async Task A_channel_that_takes_nothing_is_told_with_the_reason(string channel, SlackFailure failure, string why)
    {
        await using var workspace = await SlackWorkspace.OpenAsync();
        workspace.Double.Channels["old"] = new SlackChannel(IsArchived: true);
        workspace.Double.Channels["closed"] = new SlackChannel(IsMember: false);
        using var slack = await workspace.ConnectAsync();

        Assert.Contains(why, (await FailsAsync(slack, channel, failure)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_Slack_is_told_with_what_to_check()
    {
        await using var workspace = await SlackWorkspace.OpenAsync();

        var wrong = await Assert.ThrowsAsync<SlackException>(() => SlackNotifier.ConnectAsync(
            workspace.Options with { Api = new Uri(workspace.Double.Api, "/") }, workspace.Time, Cancel));

        Assert.Contains("is not Slack's API", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("SLACK_API_URL", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("xoxb-with space")]
    [InlineData("xoxb-\u00e4")]
    public void What_is_no_token_is_refused_and_not_shown(string text)
    {
        var refused = Assert.Throws<FormatException>(() => new SlackToken(text));

        Assert.DoesNotContain("xoxb", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_does_not_show_itself() =>
        Assert.DoesNotContain("secret", new SlackOptions(new SlackToken("secret\n")).ToString(), StringComparison.Ordinal);

    private static async Task<SlackException> FailsAsync(SlackNotifier slack, string recipient, SlackFailure failure)
    {
        var failed = await Assert.ThrowsAsync<SlackException>(() => slack.SendAsync(recipient, "hello", Cancel));
        Assert.Equal(failure, failed.Failure);
        return failed;
    }
}
