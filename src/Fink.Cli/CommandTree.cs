using System.CommandLine;
using System.Reflection;
using Fink.Cli.Commands;
using Fink.Cli.Commands.Acls;
using Fink.Cli.Commands.Alerts;
using Fink.Cli.Commands.Broker;
using Fink.Cli.Commands.Cluster;
using Fink.Cli.Commands.Completions;
using Fink.Cli.Commands.Config;
using Fink.Cli.Commands.Demo;
using Fink.Cli.Commands.Doctor;
using Fink.Cli.Commands.Groups;
using Fink.Cli.Commands.Slack;
using Fink.Cli.Commands.Topics;
using Fink.Cli.Commands.Users;
using Fink.Cli.Options;

namespace Fink.Cli;

/// <summary>Every command and option of the new syntax.</summary>
internal sealed class CommandTree
{
    public const string ToolName = "fink-kafka";

    public CommandTree()
    {
        Root = new RootCommand("Runs and guards a Kafka cluster, and redistributes astronomical alerts into classification topics.");
        foreach (var version in Root.Options.OfType<VersionOption>().ToList())
        {
            Root.Options.Remove(version);
        }

        Root.Options.Add(Version);
        foreach (var option in Globals.All)
        {
            Root.Options.Add(option);
        }

        foreach (var command in Commands())
        {
            Root.Subcommands.Add(command);
        }
    }

    public static string VersionText { get; } =
        typeof(CommandTree).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public RootCommand Root { get; }

    public GlobalOptions Globals { get; } = new();

    public Option<bool> Version { get; } = new("--version") { Description = "Print the version" };

    private static IEnumerable<Command> Commands() =>
    [
        StartCommand.Create(),
        StopCommand.Create(),
        StatusCommand.Create(),
        InstallCommand.Create(),
        Noun("broker", "The embedded broker by itself: one node, without Java", RunBrokerCommand.Create()),
        Noun("topic", "Make, look at, change and delete topics", CreateTopicCommand.Create(), ListTopicsCommand.Create(), DescribeTopicCommand.Create(), AlterTopicCommand.Create(), DeleteTopicCommand.Create()),
        Noun("user", "Make, check and delete SCRAM users", AddUserCommand.Create(), ListUsersCommand.Create(), VerifyUserCommand.Create(), DeleteUserCommand.Create()),
        Noun("acl", "Give and take rights, and assert them", AddAclCommand.Create(), RemoveAclCommand.Create(), ListAclsCommand.Create(), CheckAclCommand.Create()),
        Noun("group", "Look at consumer groups and their lag", ListGroupsCommand.Create(), DescribeGroupCommand.Create()),
        DistributeCommand.Create(),
        ConsumeCommand.Create(),
        Noun("slack", "Tell Slack's channels and users", SendCommand.Create(), AlertsCommand.Create(), FollowCommand.Create()),
        Noun("alert", "Look at alerts", ShowAlertCommand.Create()),
        SimulateCommand.Create(),
        DemoCommand.Create(),
        Noun("config", "Look at what commands go by", ShowConfigCommand.Create()),
        DoctorCommand.Create(),
        CompletionCommand.Create(),
        CompleteCommand.Create(),
    ];

    private static CliCommand Noun(string name, string description, params IReadOnlyList<Verb> verbs)
    {
        var noun = new CliCommand(name, description, [.. verbs.Select(verb => verb.Examples[0])]);
        foreach (var verb in verbs)
        {
            noun.Subcommands.Add(verb);
        }

        return noun;
    }
}
