using System.CommandLine;
using Fink.Cli.Commands;
using Fink.Cli.Terminals;

namespace Fink.Cli.Help;

/// <summary>The help of a command, with its examples at the end.</summary>
internal static class ExampleHelp
{
    private static readonly string[] RootExamples =
    [
        "start",
        "topic create fink_rrlyr_ztf --partitions 4",
        "user add bob --generate",
        "acl add --user bob --consumer --group bob_group --topic fink_ --prefixed",
        "distribute --source online/science --rules conf/distribution.yaml",
        "consume fink_rrlyr_ztf --limit 10",
    ];

    public static void Write(ParseResult parse, Terminal terminal)
    {
        // The parser's own help is empty for a hidden command, and who knows its name may ask.
        parse.CommandResult.Command.Hidden = false;
        HideGlobalsThatTheCommandReplaces(parse);
        parse.Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error });
        var examples = parse.CommandResult.Command is CliCommand command ? command.Examples : RootExamples;
        terminal.Out.WriteLine("Examples:");
        foreach (var example in examples)
        {
            terminal.Out.WriteLine($"  {CommandTree.ToolName} {example}");
        }

        if (parse.CommandResult.Command is RootCommand)
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine("The syntax of the original fink_kafka works as well: --create-topic T, --delete-topic T, --describe-topic T,");
            terminal.Out.WriteLine("--list-topics, --list-acl, --authentication, --authorization (each of the last two with -h for its letters).");
        }

        terminal.Out.Flush();
    }

    private static void HideGlobalsThatTheCommandReplaces(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var root = parse.RootCommandResult.Command;
        foreach (var global in root.Options.Where(global => command != root && command.Options.Any(own => own.Name == global.Name)))
        {
            global.Hidden = true;
        }
    }
}
