using Fink.Slack.Alerts;
using Fink.TestSupport;

namespace Fink.Slack.Tests;

/// <summary>What README.md shows compiles: it is the body of a method here, which is not run, as it would post to Slack itself.</summary>
public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task The_example_of_the_read_me_is_the_one_that_compiles_here()
    {
        var here = await LinesAsync("tests", "Fink.Slack.Tests", $"{nameof(ReadmeExampleTests)}.cs");
        var body = here.SkipWhile(line => !line.StartsWith("internal static async Task SendAsync(", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line != "}").ToList();
        var shown = await LinesAsync("README.md");

        Assert.Equal(3, body.Count);
        Assert.Equal(body, shown.SkipWhile(line => line != body[0]).Take(body.Count));
    }

    internal static async Task SendAsync(string token)
    {
        using var slack = await SlackNotifier.ConnectAsync(new SlackOptions(new SlackToken(token)));
        await slack.SendAsync("#alerts", "the night is over");
        await slack.SendAlertsAsync(AlertFile.Read("night.parquet").ToAsyncEnumerable());
    }

    private static async Task<IEnumerable<string>> LinesAsync(params string[] file) =>
        (await File.ReadAllLinesAsync(Path.Combine([Checkout.Root, .. file]), TestContext.Current.CancellationToken)).Select(line => line.Trim());
}
