using Fink.TestSupport;

namespace Fink.Slack.Tests;

/// <summary>Slack itself, where somebody gives a token and says which channel may be written to.</summary>
public sealed class LiveTests
{
    [Fact]
    public async Task Slack_takes_a_message()
    {
        var token = Environment.GetEnvironmentVariable("SLACK_API_TOKEN");
        var channel = Environment.GetEnvironmentVariable("FINK_SLACK_TEST_CHANNEL");
        if (string.IsNullOrEmpty(token) || string.IsNullOrEmpty(channel))
        {
            throw SkippedException.Because("no SLACK_API_TOKEN and FINK_SLACK_TEST_CHANNEL");
        }

        using var slack = await SlackNotifier.ConnectAsync(new SlackOptions(new SlackToken(token)), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(1, await slack.SendAsync(channel, "A test of fink-kafka.", TestContext.Current.CancellationToken));
    }
}
