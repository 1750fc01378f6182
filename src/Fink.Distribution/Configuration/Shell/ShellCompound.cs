namespace Fink.Distribution.Configuration.Shell;

/// <summary>A loop, condition, function or group, which is passed over whole.</summary>
/// <param name="End">The token after it.</param>
/// <param name="Assigned">The variables that it would have set.</param>
internal sealed record ShellCompound(string Keyword, int End, IReadOnlyList<string> Assigned)
{
    private static readonly Dictionary<string, string> Closers = new(StringComparer.Ordinal)
    {
        ["for"] = "done",
        ["select"] = "done",
        ["while"] = "done",
        ["until"] = "done",
        ["if"] = "fi",
        ["case"] = "esac",
        ["{"] = "}",
        ["("] = ")",
    };

    private static readonly HashSet<string> BeforeCommand = ["do", "then", "else", "elif", "{", "while", "until", "if", "!"];

    /// <summary>The original's file joins its brokers in such a loop.</summary>
    public bool IsLoop => Keyword == "for";

    /// <summary>The compound that starts at a token in command position, or null when none does.</summary>
    /// <exception cref="ConfigurationException">It is never closed.</exception>
    public static ShellCompound? TryPassOver(IReadOnlyList<ShellToken> tokens, int start, string file)
    {
        var keyword = Text(tokens[start]);
        var isFunction = keyword == "function" || IsFunctionHead(tokens, start);
        if (!isFunction && !Closers.ContainsKey(keyword))
        {
            return null;
        }

        var open = new Stack<string>();
        var assigned = new List<string>();
        var isCommandPosition = true;
        var isInside = false;
        for (var i = start; i < tokens.Count; i++)
        {
            var text = Text(tokens[i]);
            Collect(tokens, i, assigned);
            if (open.TryPeek(out var closer) && text == closer && (isCommandPosition || closer == ")"))
            {
                open.Pop();
                if (open.Count == 0 && (!isFunction || closer != ")"))
                {
                    return new ShellCompound(isFunction ? "a function" : keyword, i + 1, [.. assigned.Distinct()]);
                }
            }
            else if (Closers.TryGetValue(text, out var closes) && (isCommandPosition || text == "(" || !isInside && text == "{")
                && !(text == "(" && open.TryPeek(out var around) && around == "esac"))
            {
                open.Push(closes);
                isInside |= text != "(";
            }

            isCommandPosition = tokens[i].Word is null
                ? text is not ("<" or ">" or ">>" or "<<")
                : isCommandPosition && BeforeCommand.Contains(text);
        }

        throw new ConfigurationException(
            new FilePosition(file, tokens[start].Line),
            $"the '{(isFunction ? "function" : keyword)}' on this line is never closed");
    }

    private static bool IsFunctionHead(IReadOnlyList<ShellToken> tokens, int start) =>
        tokens[start].Word is not null
        && start + 2 < tokens.Count
        && tokens[start + 1].Operator == "("
        && tokens[start + 2].Operator == ")";

    private static void Collect(IReadOnlyList<ShellToken> tokens, int i, List<string> assigned)
    {
        if (tokens[i].Word?.AsAssignment() is { } assignment)
        {
            assigned.Add(assignment.Name);
        }
        else if (Text(tokens[i]) is "for" or "select" && i + 1 < tokens.Count && tokens[i + 1].Word?.Bare is { } variable)
        {
            assigned.Add(variable);
        }
    }

    private static string Text(ShellToken token) => token.Word is null ? token.Operator : token.Word.Bare ?? "";
}
