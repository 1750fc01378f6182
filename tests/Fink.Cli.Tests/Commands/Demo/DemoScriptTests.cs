using Fink.Cli.Commands.Demo;

namespace Fink.Cli.Tests.Commands.Demo;

public sealed class DemoScriptTests
{
    [Fact]
    public void Every_command_of_the_demo_parses()
    {
        DemoStep[] steps =
        [
            DemoScript.Start(9093), DemoScript.Simulate(1000), DemoScript.Topics(DemoTopic.All), DemoScript.Users(), DemoScript.Rights(),
            DemoScript.Distribute(), DemoScript.Consume(), DemoScript.Refused(), DemoScript.Check(), DemoScript.Curve(7),
        ];

        Assert.All(steps.SelectMany(step => step.Commands), command => Assert.Empty(new CommandTree().Root.Parse(command).Errors));
    }

    [Fact]
    public async Task A_night_has_alerts_for_every_topic_and_the_rules_find_what_a_plain_query_finds()
    {
        using var cli = new Cli();
        var folder = new DemoFolder();
        try
        {
            folder.Write(DemoTopic.All, DemoScript.User);
            Assert.Equal(0, (await cli.RunAsync($"simulate --alerts 1000 --files 4 --out {folder.Path}/night")).ExitCode);

            var result = await cli.RunAsync($"distribute --dry-run --source {folder.Path}/night --rules {folder.Path}/rules.yaml");

            var counted = DemoTopic.All.ToDictionary(topic => topic.Name, topic => ScienceDb.PlainQuery.Rows(
                $"SELECT count(*)::VARCHAR FROM read_parquet({ScienceDb.PlainQuery.Quote(folder.Path + "/night/*.parquet")}) WHERE {topic.Count}")[0][0]!);
            Assert.All(counted, topic => Assert.Matches($"{topic.Key} +{topic.Value} ", result.Output));
            Assert.All(counted.Values, count => Assert.InRange(int.Parse(count), 10, 500));
        }
        finally
        {
            folder.Delete();
        }
    }

    [Fact]
    public void Nobody_else_can_read_the_demo_s_passwords()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files");
        var folder = new DemoFolder();
        try
        {
            folder.Write(DemoTopic.All, "ana", "ben");

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(folder.Path));
            Assert.All(Directory.GetFiles(folder.Path), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(file)));
            Assert.NotEqual(File.ReadAllText(Path.Combine(folder.Path, "ana.password")), File.ReadAllText(Path.Combine(folder.Path, "ben.password")));
        }
        finally
        {
            folder.Delete();
        }
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
}
