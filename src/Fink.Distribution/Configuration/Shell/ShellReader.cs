using System.Globalization;
using System.Text;

namespace Fink.Distribution.Configuration.Shell;

/// <summary>
/// Goes through a shell file in its order, makes its assignments and passes over everything else. Nothing is executed:
/// what a command would have decided is unknown, and so is every value that depends on it.
/// </summary>
internal sealed class ShellReader
{
    private static readonly HashSet<string> Declarations = ["export", "declare", "typeset", "readonly", "local"];

    // What the original's file does besides: changing the folder and making one for its logs.
    private static readonly HashSet<string> ExpectedCommands = ["cd", "[[", "[", "test", "mkdir", ":", "true", "set", "shopt"];

    private readonly string _file;
    private readonly IReadOnlyList<ShellToken> _tokens;
    private readonly List<ConfNote> _notes = [];
    private int _next;

    private ShellReader(string text, string file, IReadOnlyDictionary<string, string> environment)
    {
        _file = file;
        _tokens = ShellLexer.Read(text, file);
        Environment = environment;
        Variables = new ShellVariables(environment);
    }

    private IReadOnlyDictionary<string, string> Environment { get; }

    private ShellVariables Variables { get; }

    /// <exception cref="ConfigurationException">A quote, bracket or loop that is never closed.</exception>
    public static (ShellVariables Variables, IReadOnlyList<ConfNote> Notes) Read(
        string text, string file, IReadOnlyDictionary<string, string> environment)
    {
        var reader = new ShellReader(text, file, environment);
        reader.Read();
        return (reader.Variables, reader._notes);
    }

    private void Read()
    {
        var isConditional = false;
        while (_next < _tokens.Count)
        {
            var token = _tokens[_next];
            if (ShellCompound.TryPassOver(_tokens, _next, _file) is { } compound)
            {
                PassOver(compound, token.Line);
                _next = compound.End;
            }
            else if (token.Word is not null)
            {
                ReadCommand(isConditional);
            }
            else
            {
                isConditional = token.Operator is "&&" or "||" or "|";
                _next++;
            }
        }
    }

    private void ReadCommand(bool isConditional)
    {
        var words = new List<ShellWord>();
        var isTest = _tokens[_next].Word?.Bare == "[[";
        var isPlain = true;
        for (; _next < _tokens.Count; _next++)
        {
            var token = _tokens[_next];
            if (token.Word is { } word)
            {
                words.Add(word);
                isTest &= word.Bare != "]]";
            }
            else if (!isTest || token.Operator == "\n")
            {
                if (token.Operator is "\n" or ";" or ";;" or "&&" or "||" or "|" or "&")
                {
                    break;
                }

                // A redirection or a bracket: not a plain assignment any more.
                isPlain = false;
            }
        }

        isPlain &= _next >= _tokens.Count || _tokens[_next].Operator is not ("|" or "&");
        Run(words, isPlain && !isConditional, isConditional);
    }

    private void Run(List<ShellWord> words, bool isPlain, bool isConditional)
    {
        var command = words[0].Bare;
        var assignments = words
            .Where((word, i) => i > 0 || !Declarations.Contains(command ?? ""))
            .Select(word => word.AsAssignment())
            .ToList();
        var isDeclaration = command is not null && Declarations.Contains(command);
        if (isDeclaration || assignments.TrueForAll(assignment => assignment is not null))
        {
            foreach (var assignment in assignments.OfType<ShellAssignment>())
            {
                if (isPlain)
                {
                    Assign(assignment);
                }
                else
                {
                    Variables.SetUnknown(assignment.Name, isExpected: false);
                    Warn(words[0].Line, $"{assignment.Name} is set here only if a command says so, and none is run: it is not set");
                }
            }
        }
        else if (command == "unset" && isPlain)
        {
            words.Skip(1).Select(word => word.Bare).OfType<string>().ToList().ForEach(Variables.Unset);
        }
        else if (command is not null && ExpectedCommands.Contains(command))
        {
            Note(words[0].Line, $"'{command}' is passed over: nothing in this file is run", isWarning: false);
        }
        else
        {
            var name = command ?? "a command";
            Note(words[0].Line, $"'{name}' is passed over: nothing in this file is run", isWarning: true);
        }
    }

    private void Assign(ShellAssignment assignment)
    {
        if (assignment.Value.Elements is { } elements)
        {
            if (!assignment.IsAppended)
            {
                Variables.ClearArray(assignment.Name);
            }

            foreach (var element in elements)
            {
                AssignEntry(assignment.Name, Variables.NextIndex(assignment.Name), element);
            }
        }
        else if (assignment.Index is { } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                AssignEntry(assignment.Name, index, assignment.Value);
            }
            else
            {
                Warn(assignment.Value.Line, $"{assignment.Name}[{text}]: only a number can be read as an index; it is not set");
            }
        }
        else if (Expand(assignment.Name, assignment.Value) is { } value)
        {
            var before = assignment.IsAppended ? Variables.Lookup(assignment.Name, null) : null;
            Variables.Set(new ConfValue(assignment.Name, before + value, At(assignment.Value.Line)));
        }
    }

    private void AssignEntry(string array, int index, ShellWord value)
    {
        if (Expand($"{array}[{index}]", value) is { } text)
        {
            Variables.SetEntry(array, index, new ConfValue($"{array}[{index}]", text, At(value.Line)));
        }
    }

    /// <summary>The text of a value; null, and the name marked unknown, where a part of it is.</summary>
    private string? Expand(string name, ShellWord word)
    {
        var text = new StringBuilder();
        foreach (var (part, i) in word.Parts.Select((part, i) => (part, i)))
        {
            switch (part)
            {
                case TextPart { IsQuoted: false } bare when i == 0 && (bare.Text == "~" || bare.Text.StartsWith("~/", StringComparison.Ordinal)):
                    text.Append(Environment.GetValueOrDefault("HOME", "~")).Append(bare.Text.AsSpan(1));
                    break;
                case TextPart literal:
                    text.Append(literal.Text);
                    break;
                case VariablePart variable when !Variables.IsUnknown(variable.Name, out _):
                    text.Append(Expand(variable, word.Line));
                    break;
                case VariablePart variable:
                    return Unknown(name, word.Line, $"{variable.Name}, which is not set", variable.Name);
                case ShellOnlyPart shellOnly:
                    return Unknown(name, word.Line, $"{shellOnly.What}, which only a shell could work out", shellOnly.Variable);
            }
        }

        return text.ToString();
    }

    private string Expand(VariablePart variable, int line)
    {
        var value = Variables.Lookup(variable.Name, variable.Index);
        if (variable.Default is { } fallback && string.IsNullOrEmpty(value))
        {
            return fallback;
        }

        if (value is null)
        {
            Warn(line, $"{variable.Name} is set neither in this file nor in the environment; it is read as empty");
        }

        return value ?? "";
    }

    private string? Unknown(string name, int line, string why, string? source)
    {
        var isExpected = source is not null && Variables.IsUnknown(source, out var expected) && expected;
        Variables.SetUnknown(name, isExpected);
        Note(line, $"{name} depends on {why}: it is not set", isWarning: !isExpected);
        return null;
    }

    private void PassOver(ShellCompound compound, int line)
    {
        foreach (var name in compound.Assigned)
        {
            Variables.SetUnknown(name, compound.IsLoop);
        }

        var names = compound.Assigned.Count == 0 ? "" : $"; not set by it: {string.Join(", ", compound.Assigned)}";
        Note(line, $"'{compound.Keyword}' is passed over: nothing in this file is run{names}", isWarning: !compound.IsLoop);
    }

    private void Warn(int line, string message) => Note(line, message, isWarning: true);

    private void Note(int line, string message, bool isWarning) => _notes.Add(new ConfNote(At(line), message, isWarning));

    private FilePosition At(int line) => new(_file, line);
}
