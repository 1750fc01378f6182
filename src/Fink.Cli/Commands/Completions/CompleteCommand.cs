using System.CommandLine;
using Fink.Cli.Completions;
using Fink.Cli.Options;
using Fink.Cli.Output;

namespace Fink.Cli.Commands.Completions;

/// <summary>What the shells' scripts ask: which words could stand here? A line each, what it is about behind a tab.</summary>
internal static class CompleteCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static Verb Create()
    {
        var line = new Option<string?>("--line") { Description = "The line up to the cursor, the tool's name included", HelpName = "TEXT" };
        var wait = new Option<TimeSpan?>("--wait") { Description = "How long the cluster may take to tell names [default: 500ms]", HelpName = "TIME", CustomParser = GlobalOptions.ParseDuration };
        var words = new Argument<string[]>("words") { Description = "Or its words behind the tool's name, behind --", HelpName = "WORD", Arity = ArgumentArity.ZeroOrMore };
        var verb = new Verb(
            "complete",
            "Print the words that could stand at the cursor: for the scripts that completion prints",
            run => RunAsync(run, run.Get(line) is { } text ? [.. LineWords.Of(text).Skip(1)] : run.Get(words) ?? [], run.Get(wait) ?? Patience),
            "complete -- topic describe fink_")
        {
            line, wait, words,
        };
        verb.Hidden = true;
        return verb;
    }

    private static async Task<int> RunAsync(Invocation run, string[] words, TimeSpan patience)
    {
        var before = words.SkipLast(1).ToList();
        var tree = new CommandTree();
        var live = new LiveNames(tree, before, run.Surroundings, patience);
        var finder = new CandidateFinder(tree.Root, kind => live.OfAsync(kind, run.Cancellation));
        foreach (var (word, about) in await finder.FindAsync(before, words.Length > 0 ? words[^1] : ""))
        {
            // Whoever names a topic so that it breaks lines must not break the shell's.
            if (PlainText.Cell(word) == word)
            {
                await run.Terminal.Out.WriteLineAsync(about.Length > 0 ? $"{word}\t{PlainText.Cell(about)}" : word);
            }
        }

        return ExitCode.Done;
    }
}
