using Fink.Cli.Commands.Demo;
using Fink.Cli.Terminals;

namespace Fink.Cli.Tests.Commands.Demo;

public sealed class DemoRunTests
{
    [Fact]
    public async Task A_count_that_differs_fails_the_demo_and_nothing_is_left_of_it()
    {
        // The files are asked for fewer alerts than the rules send.
        var topics = DemoTopic.All.Select(topic => topic.Name == "fink_sso_ztf" ? topic with { Count = "roid = 3 AND candid % 2 = 0" } : topic).ToList();

        var (exitCode, output, error) = await RunAsync(topics);

        Assert.True(exitCode == ExitCode.AssertionFailed, output + error);
        Assert.Matches(@"fink_sso_ztf .* \d+ not of this topic", output);
        Assert.Matches(@"fink_rrlyr_ztf .* ok", output);
        Assert.Contains("COUNTS DIFFER", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Every count is right", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(FolderIn(output)));
    }

    [Fact]
    public async Task A_command_that_fails_ends_the_demo_and_nothing_is_left_of_it()
    {
        var topics = DemoTopic.All.Append(new DemoTopic("not/a/topic", "a name that Kafka refuses", "roid = 3", "roid = 3")).ToList();

        var (exitCode, output, error) = await RunAsync(topics);

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Contains("the demo stopped at step 3", error, StringComparison.Ordinal);
        Assert.DoesNotContain("4/10", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(FolderIn(output)));
    }

    private static string FolderIn(string output) =>
        output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).First(word => word.Contains("fink-demo-", StringComparison.Ordinal)).TrimEnd(',');

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyList<DemoTopic> topics)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var surroundings = new Surroundings
        {
            Terminal = new Terminal { In = TextReader.Null, Out = output, Error = error },
            Environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""),
            Directory = Path.GetTempPath(),
        };
        var tree = new CommandTree();
        var run = new Invocation(tree.Root.Parse("demo"), tree.Globals, surroundings, TestContext.Current.CancellationToken);
        try
        {
            return (await new DemoRun(run, topics, alerts: 100, isKept: false).RunAsync(), output.ToString(), error.ToString());
        }
        catch (Errors.CommandFailedException failed)
        {
            return (failed.ExitCode, output.ToString(), error + failed.Message);
        }
    }
}
