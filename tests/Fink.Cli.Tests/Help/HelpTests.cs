using Fink.Cli.Commands;
using Fink.Cli.Completions;

namespace Fink.Cli.Tests.Help;

public sealed class HelpTests
{
    [Theory]
    [InlineData("start", "--mode", "--brokers", "--listen", "--tls-cert", "--tls-key", "--advertise")]
    [InlineData("stop")]
    [InlineData("status")]
    [InlineData("install", "--version", "--from", "--mirror")]
    [InlineData("topic create", "--partitions", "--replication-factor", "--config", "--if-not-exists")]
    [InlineData("topic delete")]
    [InlineData("topic describe")]
    [InlineData("topic list")]
    [InlineData("topic alter", "--partitions", "--config")]
    [InlineData("user add", "--mechanism", "--iterations", "--password-stdin", "--password-file", "--generate")]
    [InlineData("user delete")]
    [InlineData("user list")]
    [InlineData("user verify", "--password-stdin", "--password-file")]
    [InlineData("acl add", "--user", "--host", "--producer", "--consumer", "--group", "--topic", "--prefixed", "--allow", "--deny", "--transactional-id", "--cluster")]
    [InlineData("acl remove", "--user", "--host")]
    [InlineData("acl list")]
    [InlineData("acl check", "--user", "--host", "--read", "--write", "--group", "--wait", "--super-user", "--allow-if-no-acl")]
    [InlineData("group list")]
    [InlineData("group describe")]
    [InlineData("distribute", "--source", "--rules", "--job", "--dry-run", "--limit", "--topic", "--exit-after")]
    [InlineData("consume", "--from", "--group", "--limit", "--until-end", "--schema", "--outdir", "--output")]
    [InlineData("slack send", "--token-file")]
    [InlineData("slack alerts", "--class-column", "--channels", "--dry-run", "--token-file")]
    [InlineData("slack follow", "--group", "--every", "--grace", "--until-end", "--from", "--class-column", "--channels", "--dry-run", "--token-file", "--schema")]
    [InlineData("simulate", "--alerts", "--files", "--survey", "--out")]
    [InlineData("demo", "--keep", "--alerts")]
    [InlineData("completion")]
    [InlineData("doctor")]
    [InlineData("config show")]
    public async Task A_command_has_its_options_the_global_ones_and_examples_in_its_help(string command, params string[] options)
    {
        using var cli = new Cli();

        var result = await cli.RunAsync($"{command} --help");

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.All([.. options, "--conf", "--bootstrap-server", "--command-config", "--output", "--timeout", "--verbose", "--no-color"], option =>
            Assert.Contains(option, result.Output, StringComparison.Ordinal));
        Assert.Contains($"Examples:{Environment.NewLine}  fink-kafka {command}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_example_is_a_command_line_that_parses()
    {
        var tree = new CommandTree();
        var pending = new Queue<System.CommandLine.Command>(tree.Root.Subcommands);
        var examples = new List<string>();
        while (pending.TryDequeue(out var command))
        {
            examples.AddRange(Assert.IsAssignableFrom<CliCommand>(command).Examples);
            foreach (var sub in command.Subcommands)
            {
                pending.Enqueue(sub);
            }
        }

        Assert.All(examples, example => Assert.Empty(tree.Root.Parse(LineWords.Of(example.Split('<', '>')[0].TrimEnd())).Errors));
    }

    [Fact]
    public async Task The_root_help_names_every_command_and_the_syntax_of_the_original()
    {
        using var cli = new Cli();

        var result = await cli.RunAsync("--help");

        Assert.All(["start", "topic", "user", "acl", "group", "distribute", "consume", "simulate", "config", "--authorization"], word =>
            Assert.Contains(word, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_says_each_option_once_with_one_default()
    {
        var commands = new List<string>();
        Collect(new CommandTree().Root, "", commands);

        await Assert.AllAsync(commands, async command =>
        {
            using var cli = new Cli();
            var lines = (await cli.RunAsync($"{command} --help")).Output.Split('\n');
            var options = lines.Select(line => line.Trim()).Where(line => line.StartsWith('-')).ToList();
            Assert.NotEmpty(options);
            Assert.All(options, option => Assert.True(option.Split("[default:").Length <= 2, option));
            Assert.Equal(options.Count, options.Select(option => option.Split(' ', ',')[0]).Distinct().Count());
        });
    }

    private static void Collect(System.CommandLine.Command command, string path, List<string> commands)
    {
        foreach (var sub in command.Subcommands)
        {
            commands.Add($"{path}{sub.Name}");
            Collect(sub, $"{path}{sub.Name} ", commands);
        }
    }
}
