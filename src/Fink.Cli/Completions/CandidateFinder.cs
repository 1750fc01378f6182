using System.CommandLine;
using System.CommandLine.Completions;
using Fink.Kafka.Acls;

namespace Fink.Cli.Completions;

/// <summary>Which words could stand at the cursor: commands, options, fixed choices, names that the cluster has.</summary>
/// <param name="namesOf">Asks the cluster.</param>
internal sealed class CandidateFinder(RootCommand root, Func<NameKind, Task<IReadOnlyList<string>>> namesOf)
{
    /// <param name="before">The words before the cursor's, without the tool's name.</param>
    /// <param name="current">What there is of the word at the cursor.</param>
    public async Task<IReadOnlyList<Candidate>> FindAsync(IReadOnlyList<string> before, string current)
    {
        var cursor = Cursor.Behind(root, before);
        if (cursor.Awaited is { } awaited)
        {
            return Beginning(current, await ValuesAsync(awaited, awaited.HelpName));
        }

        var equals = current.IndexOf('=', StringComparison.Ordinal);
        if (!cursor.OptionsEnded && current.StartsWith('-') && equals > 0)
        {
            return cursor.Find(current[..equals]) is { } option
                ? Beginning(current, (await ValuesAsync(option, option.HelpName)).Select(value => value == Candidate.Files ? value : value with { Word = current[..(equals + 1)] + value.Word }))
                : [];
        }

        if (!cursor.OptionsEnded && current.StartsWith('-'))
        {
            return Beginning(current, cursor.Options.Select(option => new Candidate(option.Name, option.Description ?? "")));
        }

        var commands = cursor.Arguments > 0 ? [] : cursor.Command.Subcommands
            .Where(command => !command.Hidden)
            .Select(command => new Candidate(command.Name, command.Description ?? ""));
        IReadOnlyList<Candidate> values = cursor.Continued is { } continued ? await ValuesAsync(continued, continued.HelpName)
            : Next(cursor) is { } argument ? await ValuesAsync(argument, argument.HelpName)
            : [];
        return Beginning(current, commands.Concat(values));
    }

    private static Argument? Next(Cursor cursor)
    {
        // A new topic has no name yet.
        if (cursor.Command is { Name: "create" })
        {
            return null;
        }

        var left = cursor.Arguments;
        foreach (var argument in cursor.Command.Arguments)
        {
            if (left < argument.Arity.MaximumNumberOfValues)
            {
                return argument;
            }

            left -= argument.Arity.MaximumNumberOfValues;
        }

        return null;
    }

    /// <summary>What a value is, its name in the help says.</summary>
    private async Task<IReadOnlyList<Candidate>> ValuesAsync(Symbol symbol, string? helpName) => helpName switch
    {
        "TOPIC" => await LiveAsync(NameKind.Topic),
        "USER" => await LiveAsync(NameKind.User),
        "GROUP" => await LiveAsync(NameKind.Group),
        "OPERATION" => [.. Enum.GetValues<AclOperation>().Where(operation => operation != AclOperation.Other).Select(operation => new Candidate(operation.ToString(), ""))],
        "FILE|TOPIC" => [.. await LiveAsync(NameKind.Topic), Candidate.Files],
        "FILE" or "FOLDER" or "PATH" or "FILE|URL" => [Candidate.Files],
        _ => [.. symbol.GetCompletions(CompletionContext.Empty).Where(choice => !choice.Label.StartsWith('-')).Select(choice => new Candidate(choice.Label, ""))],
    };

    private async Task<IReadOnlyList<Candidate>> LiveAsync(NameKind kind) =>
        [.. (await namesOf(kind)).Order(StringComparer.Ordinal).Select(name => new Candidate(name, ""))];

    private static IReadOnlyList<Candidate> Beginning(string current, IEnumerable<Candidate> candidates) =>
        [.. candidates.Where(candidate => candidate == Candidate.Files || candidate.Word.StartsWith(current, StringComparison.Ordinal))];
}
