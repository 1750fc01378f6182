using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Fink.Cli.Commands;
using Fink.Cli.Errors;
using Fink.Cli.Help;
using Fink.Cli.Legacy;
using Fink.Cli.Output;
using Fink.ScienceDb.Rules;

namespace Fink.Cli;

/// <summary>From the words of a command line to an exit code.</summary>
internal static class CommandLine
{
    // No response files: a password may start with an at sign.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var terminal = surroundings.Terminal;
        try
        {
            var exitCode = await DispatchAsync(args, surroundings, cancellationToken);
            await terminal.Out.FlushAsync(CancellationToken.None);
            return exitCode;
        }
        catch (IOException error) when (IsBrokenPipe(error))
        {
            return ExitCode.BrokenPipe;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception error)
        {
            await FlushAsync(terminal.Out);
            return Report(error, args, surroundings);
        }
    }

    private static async Task<int> DispatchAsync(IReadOnlyList<string> args, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var tree = new CommandTree();
        if (args.Count == 0)
        {
            ExampleHelp.Write(tree.Root.Parse(["--help"], Parser), surroundings.Terminal);
            return ExitCode.Failed;
        }

        if (LegacyCommand.Read(args, tree.Globals) is { } legacy)
        {
            var globals = tree.Root.Parse(legacy.GlobalArguments, Parser);
            ThrowOnMistake(globals, [.. legacy.GlobalArguments]);
            return await LegacyService.RunAsync(legacy, new Invocation(globals, tree.Globals, surroundings, cancellationToken));
        }

        var parse = tree.Root.Parse(args, Parser);
        if (parse.Action is HelpAction && parse.UnmatchedTokens.Count == 0)
        {
            ExampleHelp.Write(parse, surroundings.Terminal);
            return ExitCode.Done;
        }

        if (parse.GetValue(tree.Version) && parse.CommandResult.Command == tree.Root)
        {
            await surroundings.Terminal.Out.WriteLineAsync(CommandTree.VersionText);
            return ExitCode.Done;
        }

        ThrowOnMistake(parse, args);
        return parse.CommandResult.Command is Verb verb
            ? await verb.Run(new Invocation(parse, tree.Globals, surroundings, cancellationToken))
            : throw new UsageException($"{Path(parse)}: a command is missing; see {Path(parse)} --help");
    }

    /// <summary>An unknown option at the root is 1, as in the original; every other mistake is 2.</summary>
    private static void ThrowOnMistake(ParseResult parse, IReadOnlyList<string> args)
    {
        if (parse.UnmatchedTokens.Count > 0)
        {
            var unknown = parse.UnmatchedTokens[0];
            if (unknown.StartsWith('-') && (parse.CommandResult.Command == parse.RootCommandResult.Command || args[0] == unknown))
            {
                throw new CommandFailedException($"unknown option: {unknown}; see fink-kafka --help");
            }

            throw new UsageException(Unknown(parse, unknown));
        }

        // The parser takes a mistyped option for one more name where a command takes several.
        var mistyped = args.Contains("--") ? null : parse.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => token.Value.Length > 1 && token.Value[0] == '-');
        if (mistyped is not null)
        {
            throw new UsageException(Unknown(parse, mistyped.Value));
        }

        // The root alone is no mistake here: help and the original's syntax need no command.
        var isRoot = parse.CommandResult.Command == parse.RootCommandResult.Command;
        var error = parse.Errors.FirstOrDefault(error => !(isRoot && error.SymbolResult is CommandResult));
        if (error is not null)
        {
            // The parser's lists of choices stand on lines of their own.
            var message = string.Join(' ', error.Message.TrimEnd('.').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var option = error.SymbolResult is OptionResult { Option.Name: var name } && !message.Contains(name, StringComparison.Ordinal) ? $"{name}: " : "";
            throw new UsageException($"{option}{message}; see {Path(parse)} --help");
        }
    }

    private static string Unknown(ParseResult parse, string word)
    {
        var command = parse.CommandResult.Command;
        var known = word.StartsWith('-')
            ? command.Options.Concat(parse.RootCommandResult.Command.Options).Where(option => !option.Hidden).SelectMany(option => option.Aliases.Prepend(option.Name))
            : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);
        var near = NearNames.Of(word, known);
        var hint = near.Count > 0 ? $"did you mean {string.Join(" or ", near)}?" : $"see {Path(parse)} --help";
        return $"unknown {(word.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument")} '{word}': {hint}";
    }

    private static string Path(ParseResult parse)
    {
        var names = new List<string>();
        for (SymbolResult? result = parse.CommandResult; result is CommandResult command; result = command.Parent)
        {
            names.Insert(0, command == parse.RootCommandResult ? CommandTree.ToolName : command.Command.Name);
        }

        return string.Join(' ', names);
    }

    private static int Report(Exception error, IReadOnlyList<string> args, Surroundings surroundings)
    {
        var report = ErrorReport.Of(error);
        foreach (var line in report.Lines)
        {
            // The message of a typed error may have two lines.
            foreach (var part in line.Split('\n'))
            {
                surroundings.Terminal.Error.WriteLine(PlainText.Cell(part.StartsWith(' ') ? part : $"fink-kafka: {part.TrimEnd('\r')}"));
            }
        }

        if (report.IsBug && args.Any(arg => arg is "-v" or "--verbose"))
        {
            surroundings.Terminal.Error.WriteLine(error);
        }

        return report.ExitCode;
    }

    /// <summary>What was printed before an error still goes out; a reader that is gone is no second error.</summary>
    private static async Task<bool> FlushAsync(TextWriter output)
    {
        try
        {
            await output.FlushAsync();
            return true;
        }
        catch (IOException error) when (IsBrokenPipe(error))
        {
            return false;
        }
    }

    private static bool IsBrokenPipe(IOException error)
    {
        const int unixBrokenPipe = 32;
        const int windowsBrokenPipe = 109;
        const int windowsNoData = 232;
        return (error.HResult & 0xFFFF) is windowsBrokenPipe or windowsNoData || error.HResult == unixBrokenPipe;
    }
}
