using System.Text.RegularExpressions;

namespace Fink.Distribution.Configuration.Shell;

/// <summary>A piece of a word.</summary>
internal abstract record WordPart;

/// <summary>Text that stands for itself; quoted text is never a keyword and never the start of an assignment.</summary>
internal sealed record TextPart(string Text, bool IsQuoted) : WordPart;

/// <summary><c>$NAME</c>, <c>${NAME}</c>, <c>${NAME[2]}</c> or, with a default, <c>${NAME:-text}</c>.</summary>
internal sealed record VariablePart(string Name, int? Index = null, string? Default = null) : WordPart;

/// <summary>What only a shell can work out: a command, arithmetic, a special parameter, an edit of a variable.</summary>
/// <param name="Variable">The variable that is edited (<c>${NAME#,}</c>), where it is one.</param>
internal sealed record ShellOnlyPart(string What, string? Variable = null) : WordPart;

/// <summary>One word of a statement.</summary>
/// <param name="Elements">The entries of <c>NAME=(…)</c>, else null.</param>
internal sealed partial record ShellWord(IReadOnlyList<WordPart> Parts, int Line, IReadOnlyList<ShellWord>? Elements = null)
{
    /// <summary>The word when it is plain unquoted text (a keyword, a command's name), else null.</summary>
    public string? Bare => Parts is [TextPart { IsQuoted: false } text] && Elements is null ? text.Text : null;

    /// <summary>The word taken apart as an assignment, or null when it is none.</summary>
    public ShellAssignment? AsAssignment()
    {
        if (Parts is not [TextPart { IsQuoted: false } head, ..] || Assignment().Match(head.Text) is not { Success: true } match)
        {
            return null;
        }

        var rest = head.Text[match.Length..];
        IReadOnlyList<WordPart> value = rest.Length == 0 ? [.. Parts.Skip(1)] : [head with { Text = rest }, .. Parts.Skip(1)];
        return new ShellAssignment(
            match.Groups["name"].Value,
            match.Groups["index"] is { Success: true } index ? index.Value : null,
            match.Groups["append"].Success,
            new ShellWord(value, Line, Elements));
    }

    [GeneratedRegex(@"\A(?<name>[A-Za-z_][A-Za-z0-9_]*)(\[(?<index>[^\]]*)\])?(?<append>\+)?=")]
    private static partial Regex Assignment();
}

/// <param name="Index">What stands between the brackets of <c>NAME[…]=</c>, or null.</param>
internal sealed record ShellAssignment(string Name, string? Index, bool IsAppended, ShellWord Value);

/// <summary>A word, or an operator: a line's end, <c>;</c> <c>&amp;&amp;</c> <c>||</c> <c>|</c> <c>&amp;</c> <c>(</c> <c>)</c> and redirections.</summary>
internal readonly record struct ShellToken(ShellWord? Word, string Operator, int Line);
