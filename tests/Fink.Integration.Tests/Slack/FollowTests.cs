using System.Diagnostics;
using System.Text.RegularExpressions;
using Fink.Integration.Tests.Reading;
using Fink.Integration.Tests.Walk;
using Fink.Kafka;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;
using Fink.TestSupport.Slack;

namespace Fink.Integration.Tests.Slack;

/// <summary>Topics told to Slack by the command itself, over a broker: what is posted, what the group remembers, however a run ends.</summary>
public sealed partial class FollowTests(TestClusters clusters) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-follow-").FullName;
    private SlackDouble _slack = null!;
    private TestCluster _cluster = null!;
    private ClassifiedTopic _topic = null!;
    private string _settings = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackDouble.StartAsync();
        _slack.Channels["star"] = new SlackChannel();
        _slack.Channels["qso"] = new SlackChannel();
        _cluster = await clusters.OfAsync(TestClusters.Embedded);
        _settings = _cluster.ConsumerProperties;
        _topic = await ClassifiedTopic.CreateAsync(_cluster);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return _slack.DisposeAsync();
    }

    [Fact]
    public async Task A_run_posts_what_is_new_and_the_next_finds_nothing_until_more_is_sent()
    {
        await _topic.SendAsync("Star", "QSO", "Star", "Unknown");

        var first = await RunAsync("follow", "--until-end");
        var second = await RunAsync("follow", "--until-end");
        await _topic.SendAsync("Star");
        var third = await RunAsync("follow", "--until-end");

        Assert.All([first, second, third], run => Assert.True(run.ExitCode == 0, run.Error));
        Assert.Contains("read 4 alerts", first.Error, StringComparison.Ordinal);
        Assert.Contains("nothing new", second.Error, StringComparison.Ordinal);
        Assert.Equal(["#qso ZTF1", "#star ZTF0", "#star ZTF2", "#star ZTF4"], Posted().Order());
        Assert.Equal(0, await LagAsync());
    }

    [Fact]
    public async Task A_message_that_is_no_alert_ends_a_run_or_is_skipped_and_counted()
    {
        await _topic.SendAsync("Star");
        await _topic.SendBadAsync();

        var strict = await RunAsync("follow", "--until-end");
        var lenient = await RunAsync("follow", "--until-end", "--skip-bad");

        Assert.Equal(1, strict.ExitCode);
        Assert.EndsWith("--skip-bad leaves such messages out.", strict.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.True(lenient.ExitCode == 0, lenient.Error);
        Assert.EndsWith(", skipped 1 bad message", lenient.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_that_has_not_the_columns_of_a_table_is_a_bad_message()
    {
        await _topic.SendAsync("Star");
        await _topic.SendAsync("""{"type":"record","name":"other","fields":[{"name":"objectId","type":"string"}]}""", [2, (byte)'Z']);
        await _topic.SendAsync("QSO");

        var strict = await RunAsync("follow", "--until-end");
        var lenient = await RunAsync("follow", "--until-end", "--skip-bad");

        Assert.Equal(1, strict.ExitCode);
        Assert.Contains($"Cannot tell of {_topic.Name} partition 1 offset 0", strict.Error, StringComparison.Ordinal);
        Assert.Contains("has no column of classes", strict.Error, StringComparison.Ordinal);
        Assert.True(lenient.ExitCode == 0, lenient.Error);
        Assert.Contains("read 2 alerts", lenient.Error, StringComparison.Ordinal);
        Assert.EndsWith(", skipped 1 bad message", lenient.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(["#qso ZTF1", "#star ZTF0"], Posted().Order());
        Assert.Equal(0, await LagAsync());
    }

    [Fact]
    public async Task A_run_that_is_killed_when_Slack_has_the_message_posts_the_digest_again_and_loses_none()
    {
        // A group waits so long for a member that is gone.
        var settings = Path.Combine(_folder, "consumer.properties");
        await File.WriteAllTextAsync(settings, await File.ReadAllTextAsync(_cluster.ConsumerProperties, Cancel) + "\nsession.timeout.ms=6000\nheartbeat.interval.ms=1500\n", Cancel);
        _settings = settings;
        await _topic.SendAsync("Star", "Star", "Star");
        using (var killed = Start("follow", "--until-end"))
        {
            _slack.NextPost(context =>
            {
                killed.Kill();
                return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            });
            await killed.WaitForExitAsync(Cancel);
        }

        await _topic.SendAsync("QSO");
        var next = await RunAsync("follow", "--until-end");

        Assert.True(next.ExitCode == 0, next.Error);
        Assert.Equal(["#qso ZTF3", "#star ZTF0", "#star ZTF1", "#star ZTF2"], Posted().Order());
    }

    [Fact]
    public async Task A_message_whose_fate_is_unknown_ends_the_run_with_nothing_committed()
    {
        await _topic.SendAsync("Star");
        _slack.BreakNextPost();

        var broken = await RunAsync("follow", "--until-end");

        Assert.Equal(4, broken.ExitCode);
        Assert.Contains("Nothing of this digest is committed: the next run posts it", broken.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("follow", "--until-end")).ExitCode);
        Assert.Equal(["#star ZTF0"], Posted());
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_a_run_that_waits_with_its_code_and_what_is_posted_is_committed(string signal, int expected)
    {
        if (OperatingSystem.IsWindows())
        {
            throw SkippedException.Because("signals of Unix");
        }

        await _topic.SendAsync("Star");
        using var run = Start("follow", "--every", "100ms");
        var error = run.StandardError.ReadToEndAsync(Cancel);
        while (_slack.Posts.Count == 0 || await LagAsync() > 0)
        {
            Assert.False(run.HasExited);
            await Task.Delay(50, Cancel);
        }

        using var kill = Process.Start("kill", ["-s", signal, run.Id.ToString()]);
        await run.WaitForExitAsync(Cancel);

        Assert.True(run.ExitCode == expected, await error);
        Assert.Equal(["#star ZTF0"], Posted());
    }

    [Fact]
    public async Task A_dry_run_shows_what_is_new_for_the_group_and_commits_nothing()
    {
        await _topic.SendAsync("Star", "QSO");
        Assert.Equal(0, (await RunAsync("follow", "--until-end")).ExitCode);
        await _topic.SendAsync("Star", "Star");

        var dry = await RunAsync("follow", "--dry-run", "-o", "tsv");

        Assert.Equal("star\tStar\t2", dry.Output.Trim());
        Assert.Equal(2, _slack.Posts.Count);
        Assert.Equal(2, await LagAsync());
    }

    [Fact]
    public async Task A_topic_read_whole_is_posted_whole_however_often()
    {
        await _topic.SendAsync("Star", "QSO");

        Assert.Equal(0, (await RunAsync("alerts")).ExitCode);
        Assert.Equal(0, (await RunAsync("alerts")).ExitCode);

        Assert.Equal(["#qso ZTF1", "#qso ZTF1", "#star ZTF0", "#star ZTF0"], Posted().Order());
    }

    private async Task<long> LagAsync()
    {
        using var admin = new KafkaAdmin(AlertTopic.Connection(_cluster, _cluster.AdminProperties));
        try
        {
            return (await admin.Groups.DescribeAsync(_topic.Group, Cancel)).TotalLag;
        }
        catch (KafkaOperationException e) when (e.Kind == FailureKind.NotFound)
        {
            return long.MaxValue;
        }
    }

    /// <summary>Channel and object of each row of each table.</summary>
    private IEnumerable<string> Posted() =>
        _slack.Posts.SelectMany(post => TableRow().Matches(post.Text).Select(row => $"{post.Channel} {row.Groups[1].Value}"));

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string verb, params string[] arguments) => Tool.RunAsync(Prepare(verb, arguments));

    private Process Start(string verb, params string[] arguments) => Process.Start(Prepare(verb, arguments))!;

    private ProcessStartInfo Prepare(string verb, string[] arguments)
    {
        string[] group = verb == "follow" ? ["--group", _topic.Group] : [];
        var start = Tool.Start(
            _folder, "dotnet",
            [Tool.Assembly, "slack", verb, _topic.Name, "--bootstrap-server", _cluster.BootstrapServers, "--command-config", _settings, .. group, .. arguments]);
        start.Environment["SLACK_API_URL"] = _slack.Api.ToString();
        start.Environment["SLACK_API_TOKEN"] = SlackDouble.Token;
        return start;
    }

    [GeneratedRegex(@"^\|(ZTF\d+) *\|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
