using Fink.Kafka;
using Fink.Kafka.Properties;
using Fink.TestSupport.Clusters;
using Fink.TestSupport.Terminals;

namespace Fink.Integration.Tests.Walk;

/// <summary>What only somebody at a terminal sees: prompts, answers, a line that is drawn over.</summary>
public sealed class TerminalTests(TestClusters clusters) : IDisposable
{
    private const string Typed = "typed-by-hand";

    // A prompt that never comes would be waited for.
    private readonly CancellationTokenSource _limit = Limit();
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-terminal-").FullName;

    [Theory]
    [InlineData(TestClusters.Embedded, Typed, 0, "tty-bob can log in")]
    [InlineData(TestClusters.Embedded, "typed-wrong", 3, "refuses tty-bob")]
    [InlineData(TestClusters.Kraft41, Typed, 0, "tty-bob can log in")]
    [InlineData(TestClusters.Kraft41, "typed-wrong", 3, "refuses tty-bob")]
    public async Task A_password_is_taken_and_not_shown(string kind, string typed, int exitCode, string says)
    {
        var cancel = _limit.Token;
        var cluster = await clusters.OfAsync(kind);
        using var admin = Admin(cluster);
        await admin.Users.AddAsync("tty-bob", new Secret(Typed), ScramMechanism.Sha512, 4096, cancel);
        using var terminal = Run($"user verify tty-bob {Login(cluster)}");

        await terminal.UntilShownAsync("Password of tty-bob: ", cancel);
        // A key too many, taken back.
        terminal.Type(typed + "x\u007f\r");

        var code = await terminal.ExitAsync(cancel);
        Assert.True(exitCode == code, terminal.Shown);
        Assert.Contains(says, terminal.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("typed", terminal.Shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft41)]
    public async Task Two_passwords_that_differ_make_no_user(string kind)
    {
        var cancel = _limit.Token;
        var cluster = await clusters.OfAsync(kind);
        using var terminal = Run($"user add tty-carl {Login(cluster)}");

        await terminal.UntilShownAsync("Password of tty-carl: ", cancel);
        terminal.Type("typed-once\r");
        await terminal.UntilShownAsync("Again: ", cancel);
        terminal.Type("typed-twice\r");

        Assert.Equal(2, await terminal.ExitAsync(cancel));
        Assert.Contains("the two passwords differ", terminal.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("typed-", terminal.Shown, StringComparison.Ordinal);
        using var admin = Admin(cluster);
        Assert.Null(await admin.Users.FindAsync("tty-carl", cancel));
    }

    [Theory]
    [InlineData("user add tty-dora", "Password of tty-dora: ")]
    [InlineData("topic delete tty-dora", "? [y/N] ")]
    public async Task Ctrl_C_at_a_prompt_ends_the_command(string command, string prompt)
    {
        var cancel = _limit.Token;
        using var terminal = Run($"{command} --bootstrap-server 127.0.0.1:1");

        await terminal.UntilShownAsync(prompt, cancel);
        terminal.Type("\u0003");

        Assert.Equal(130, await terminal.ExitAsync(cancel));
    }

    [Theory]
    [InlineData(TestClusters.Embedded, "n\n", 1, true)]
    [InlineData(TestClusters.Embedded, "\n", 1, true)]
    [InlineData(TestClusters.Embedded, "yes\n", 0, false)]
    [InlineData(TestClusters.Kraft41, "n\n", 1, true)]
    [InlineData(TestClusters.Kraft41, "\n", 1, true)]
    [InlineData(TestClusters.Kraft41, "yes\n", 0, false)]
    public async Task A_topic_is_deleted_when_the_answer_is_yes(string kind, string answer, int exitCode, bool stays)
    {
        var cancel = _limit.Token;
        var cluster = await clusters.OfAsync(kind);
        using var admin = Admin(cluster);
        await admin.Topics.CreateAsync([new("tty-topic", 1, 1, new Dictionary<string, string>())], ifNotExists: true, cancel);
        using var terminal = Run($"topic delete tty-topic {Login(cluster)}");

        await terminal.UntilShownAsync("? [y/N] ", cancel);
        terminal.Type(answer);

        Assert.Equal(exitCode, await terminal.ExitAsync(cancel));
        Assert.Equal(stays, (await admin.Topics.ListAsync(includeInternal: false, cancel)).Contains("tty-topic"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" | cat")]
    public async Task A_line_that_is_drawn_over_never_reaches_the_edge_of_the_terminal(string pipe)
    {
        var cancel = _limit.Token;
        using var terminal = Run("simulate --alerts 3000 --files 3 --out night" + pipe, columns: 30);

        Assert.Equal(0, await terminal.ExitAsync(cancel));
        var drawn = terminal.Shown.Split('\r', '\n').Where(line => line.Contains("alerts", StringComparison.Ordinal) && !line.Contains("night", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(drawn);
        Assert.All(drawn, line => Assert.InRange(line.Length, 1, 29));
    }

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        return limit;
    }

    private PseudoTerminal Run(string arguments, int columns = 80) => new(
        $"cd '{_folder}'; dotnet '{Tool.Assembly}' {arguments}",
        columns,
        new Dictionary<string, string> { ["XDG_DATA_HOME"] = _folder, ["FINK_KAFKA_DATA_DIR"] = Path.Combine(_folder, "none"), ["TERM"] = "xterm" });

    private static string Login(TestCluster cluster) => $"--bootstrap-server {cluster.BootstrapServers} --command-config '{cluster.AdminProperties}'";

    private static KafkaAdmin Admin(TestCluster cluster) =>
        new(new KafkaConnection(cluster.BootstrapServers, ClientProperties.Load(cluster.AdminProperties)));
}
