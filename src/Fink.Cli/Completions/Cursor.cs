using System.CommandLine;

namespace Fink.Cli.Completions;

/// <summary>What the words before the cursor mean for the one at it.</summary>
internal sealed class Cursor
{
    private readonly List<Command> _path = [];
    private readonly HashSet<Option> _given = [];

    private Cursor(Command root) => _path.Add(root);

    public Command Command => _path[^1];

    /// <summary>The option whose value must come now; null where none must.</summary>
    public Option? Awaited { get; private set; }

    /// <summary>The option that may have another value now, as <c>--allow Read Write</c>.</summary>
    public Option? Continued { get; private set; }

    /// <summary>How many words before the cursor are arguments of the command.</summary>
    public int Arguments { get; private set; }

    /// <summary>Behind <c>--</c> nothing is an option.</summary>
    public bool OptionsEnded { get; private set; }

    /// <summary>Options that may be given here, the command's own before those of all commands.</summary>
    public IEnumerable<Option> Options => Own()
        .Where(option => !option.Hidden && (!_given.Contains(option) || option.Arity.MaximumNumberOfValues > 1));

    public static Cursor Behind(Command root, IEnumerable<string> words)
    {
        var cursor = new Cursor(root);
        foreach (var word in words)
        {
            cursor.Pass(word);
        }

        return cursor;
    }

    public Option? Find(string name) => Own().FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    private IEnumerable<Option> Own() => Enumerable.Reverse(_path)
        .SelectMany(command => command == Command ? command.Options : command.Options.Where(option => option.Recursive))
        .DistinctBy(option => option.Name);

    private void Pass(string word)
    {
        if (Awaited is not null)
        {
            Continued = Awaited.AllowMultipleArgumentsPerToken ? Awaited : null;
            Awaited = null;
        }
        else if (!OptionsEnded && word == "--")
        {
            (OptionsEnded, Continued) = (true, null);
        }
        else if (!OptionsEnded && word.StartsWith('-'))
        {
            PassOption(word);
        }
        else if (Arguments == 0 && Command.Subcommands.FirstOrDefault(sub => sub.Name == word) is { } sub)
        {
            _path.Add(sub);
        }
        else if (Continued is null)
        {
            Arguments++;
        }
    }

    private void PassOption(string word)
    {
        Continued = null;
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (Find(equals < 0 ? word : word[..equals]) is not { } option)
        {
            return;
        }

        _given.Add(option);
        Awaited = equals < 0 && option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0 ? option : null;
    }
}
