using System.Text.Json.Nodes;
using Fink.TestSupport.Slack;

namespace Fink.Cli.Tests.Commands;

/// <summary>What an operator sees of Slack: what is posted, one line for each thing that is wrong, the exit code.</summary>
public sealed class SlackTests : IAsyncLifetime
{
    private const string Night = "objectId,ra,dec,cdsxmatch\nZTF1,1.5,-2.5,RRLyr\nZTF2,3.5,4.5,EB*WUMa\nZTF3,5.5,6.5,Unknown\n";

    private readonly Cli _cli = new();
    private SlackDouble _slack = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackDouble.StartAsync();
        _slack.Channels["rrlyr"] = new SlackChannel();
        _slack.Channels["ebwuma"] = new SlackChannel(IsArchived: true);
        _cli.Environment["SLACK_API_URL"] = _slack.Api.ToString();
        _cli.Environment["SLACK_API_TOKEN"] = SlackDouble.Token;
        _cli.Write("night.csv", Night);
    }

    public ValueTask DisposeAsync()
    {
        _cli.Dispose();
        return _slack.DisposeAsync();
    }

    [Fact]
    public async Task Each_class_is_posted_and_a_channel_that_takes_nothing_fails_the_command()
    {
        var result = await _cli.RunAsync("slack alerts night.csv");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("#rrlyr: posted 1 alert of class RRLyr", result.Output.Trim());
        Assert.Contains("fink-kafka: Cannot post to #ebwuma: #ebwuma is archived", result.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("read 3 alerts from night.csv, 1 passed over", result.Error, StringComparison.Ordinal);
        Assert.Equal("#rrlyr", Assert.Single(_slack.Posts).Channel);
    }

    [Theory]
    [InlineData("flag")]
    [InlineData("environment")]
    [InlineData("conf")]
    public async Task Only_channels_of_the_list_are_written_to(string how)
    {
        var list = _cli.Write("channels", "# ours\nrrlyr\n");
        if (how == "environment")
        {
            _cli.Environment["SLACK_CHANNELS"] = list;
        }

        var result = await _cli.RunAsync(["slack", "alerts", "night.csv", .. how switch
        {
            "flag" => ["--channels", "channels"],
            "conf" => ["-c", _cli.Write("c.conf", $"SLACK_CHANNELS={list}\n")],
            _ => Array.Empty<string>(),
        }]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("#rrlyr", Assert.Single(_slack.Posts).Channel);
    }

    [Fact]
    public async Task A_dry_run_shows_what_would_be_posted_and_asks_Slack_nothing()
    {
        _cli.Environment.Remove("SLACK_API_TOKEN");

        var result = await _cli.RunAsync("slack alerts night.csv --dry-run");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("#rrlyr\n```\n+--------+---+----+---------+\n|objectId|ra |dec |cdsxmatch|\n", result.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(0, _slack.Requests);
    }

    [Fact]
    public async Task For_programs_a_message_is_a_line()
    {
        var json = await _cli.RunAsync("slack alerts night.csv --dry-run -o json");
        var tsv = await _cli.RunAsync("slack alerts night.csv --dry-run -o tsv");

        Assert.Equal(["rrlyr", "ebwuma"], json.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string?)JsonNode.Parse(line)!["channel"]));
        Assert.Equal("rrlyr\tRRLyr\t1\nebwuma\tEB*WUMa\t1\n", tsv.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_message_may_come_from_the_input_and_the_token_from_a_file()
    {
        _cli.Environment.Remove("SLACK_API_TOKEN");
        _cli.Write("slack.token", SlackDouble.Token + "\n");
        _cli.Input = "the night\nis over\n";

        var result = await _cli.RunAsync("slack send #rrlyr - --token-file slack.token");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("the night\nis over", Assert.Single(_slack.Posts).Text);
    }

    [Theory]
    [InlineData("xoxb-wrong", null, 5, "does not know this token")]
    [InlineData(SlackDouble.Token, "token_revoked", 5, "no longer valid")]
    [InlineData("two words", null, 2, "environment SLACK_API_TOKEN: this is no Slack token")]
    public async Task A_token_that_is_no_good_is_one_line_and_not_shown(string token, string? refusal, int exitCode, string why)
    {
        _cli.Environment["SLACK_API_TOKEN"] = token;
        _slack.TokenError = refusal;

        var result = await _cli.RunAsync("slack alerts night.csv -v");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(why, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.DoesNotContain(token, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("slack send #nowhere hello", 1, "no channel #nowhere")]
    [InlineData("slack send #ebwuma hello", 1, "#ebwuma is archived")]
    [InlineData("slack send Nobody hello", 1, "no active user of this name")]
    [InlineData("slack alerts night.csv --class-column cdsxmach", 2, "did you mean cdsxmatch?")]
    [InlineData("slack alerts empty.csv", 1, "the file is empty")]
    public async Task What_is_wrong_is_one_line_with_its_exit_code(string line, int exitCode, string why)
    {
        _cli.Write("empty.csv", "");

        var result = await _cli.RunAsync(line);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(why, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(_slack.Posts);
    }

    [Theory]
    [InlineData("slack.example.org/api")]
    [InlineData("ftp://slack.example.org/api")]
    [InlineData("https://me:secret@slack.example.org/api")]
    public async Task An_address_that_is_none_is_a_mistake_and_not_shown(string address)
    {
        _cli.Environment["SLACK_API_URL"] = address;

        var result = await _cli.RunAsync("slack send #rrlyr hello");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("SLACK_API_URL (environment SLACK_API_URL) is no address", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }
}
