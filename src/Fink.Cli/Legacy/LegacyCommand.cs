using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Cli.Options;

namespace Fink.Cli.Legacy;

/// <summary>A command line in the original's syntax: its last service, and the options that every command takes.</summary>
/// <param name="Rest">The words behind <c>--authentication</c> or <c>--authorization</c>, for their own letters.</param>
/// <param name="GlobalArguments">The options that every command takes, as they were written.</param>
internal sealed record LegacyCommand(string Service, string? Topic, IReadOnlyList<string> Rest, IReadOnlyList<string> GlobalArguments)
{
    public const string Help = "--help";

    private static readonly string[] TopicServices = ["--create-topic", "--delete-topic", "--describe-topic"];
    private static readonly string[] PlainServices = ["--list-topics", "--list-acl"];
    private static readonly string[] LetterServices = ["--authentication", "--authorization"];
    private static readonly string[] Words = ["start", "stop"];

    /// <summary>
    /// Reads the words from left to right as the original did: the last service wins. Null where the line is of the new
    /// syntax: it has none of the original's options, and at most one of its words.
    /// </summary>
    /// <exception cref="CommandFailedException">A mistake in the original's syntax, with its exit code.</exception>
    public static LegacyCommand? Read(IReadOnlyList<string> args, GlobalOptions options)
    {
        string? service = null;
        string? topic = null;
        var services = 0;
        var isLegacy = false;
        var globals = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var word = args[i];
            if (GlobalOption(word, options) is { } option)
            {
                globals.Add(word);
                if (option.ValueType == typeof(bool) || word.Contains('=', StringComparison.Ordinal))
                {
                    continue;
                }

                globals.Add(++i < args.Count ? args[i] : throw new CommandFailedException($"{word} requires an argument"));
            }
            else if (TopicServices.Contains(word))
            {
                (service, isLegacy) = (word, true);
                topic = ++i < args.Count && args[i].Length > 0 && args[i][0] != '-'
                    ? args[i]
                    : throw new CommandFailedException($"{word} requires an argument (Topic Name)");
            }
            else if (PlainServices.Contains(word))
            {
                (service, isLegacy) = (word, true);
            }
            else if (Words.Contains(word))
            {
                service = word;
                services++;
            }
            else if (LetterServices.Contains(word))
            {
                return new LegacyCommand(word, null, WithoutGlobals([.. args.Skip(i + 1)], options, globals), globals);
            }
            else if (isLegacy)
            {
                return word is "-h" or Help ? new LegacyCommand(Help, null, [], [])
                    : word.StartsWith('-') ? throw new CommandFailedException($"unknown option: {word}")
                    : throw new UsageException($"unknown argument: {word}");
            }
            else
            {
                return null;
            }
        }

        return isLegacy || services > 1 ? new LegacyCommand(service!, topic, [], globals) : null;
    }

    /// <summary>
    /// The letters end where the original's did; behind them, options of every command by their long names are a help
    /// that the original did not have: to it they were unknown.
    /// </summary>
    private static List<string> WithoutGlobals(List<string> rest, GlobalOptions options, List<string> globals)
    {
        for (var i = 0; i < rest.Count; i++)
        {
            if (rest[i].StartsWith("--", StringComparison.Ordinal) && GlobalOption(rest[i], options) is { } option && (i == 0 || !TakesValue(rest[i - 1])))
            {
                var length = option.ValueType == typeof(bool) || rest[i].Contains('=', StringComparison.Ordinal) ? 1 : 2;
                var words = rest.GetRange(i, Math.Min(length, rest.Count - i));
                globals.AddRange(words.Count == length ? words : throw new CommandFailedException($"{words[0]} requires an argument"));
                rest.RemoveRange(i--, length);
            }
        }

        return rest;
    }

    /// <summary>Whether the next word is this one's value, as with <c>-u</c> and <c>-adu</c>.</summary>
    private static bool TakesValue(string word) =>
        word.Length > 1 && word[0] == '-' && word[1] != '-' && word[1..].IndexOfAny(['u', 'H', 'c', 't']) == word.Length - 2;

    private static Option? GlobalOption(string word, GlobalOptions options)
    {
        var equals = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) : -1;
        var name = equals > 0 ? word[..equals] : word;
        return options.All.FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));
    }
}
