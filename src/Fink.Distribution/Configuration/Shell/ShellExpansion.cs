using System.Globalization;
using System.Text.RegularExpressions;

namespace Fink.Distribution.Configuration.Shell;

/// <summary>Reads what follows a dollar sign or a backtick.</summary>
internal static partial class ShellExpansion
{
    /// <summary>The expansion at the current character, or null where a dollar sign is just one.</summary>
    public static WordPart? TryRead(ShellText text)
    {
        var line = text.Line;
        if (text.Current == '`')
        {
            text.Take();
            text.TakeWhile(c => c != '`');
            return text.TryTake("`") ? new ShellOnlyPart("a command") : throw text.NeverClosed("`", line);
        }

        switch (text.Next)
        {
            case '{':
                text.Take();
                text.Take();
                return InBraces(text.TakeBalanced('{', '}', line));
            case '(':
                text.Take();
                text.Take();
                text.TakeBalanced('(', ')', line);
                return new ShellOnlyPart("a command");
            case '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'):
                text.Take();
                return new VariablePart(text.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
            case '?' or '$' or '!' or '#' or '@' or '*' or '-' or (>= '0' and <= '9'):
                text.Take();
                return new ShellOnlyPart($"${text.Take()}");
            default:
                return null;
        }
    }

    private static WordPart InBraces(string inside)
    {
        var match = Variable().Match(inside);
        if (!match.Success)
        {
            return new ShellOnlyPart($"${{{inside}}}");
        }

        var name = match.Groups["name"].Value;
        int? index = match.Groups["index"] is { Success: true } digits
            ? int.Parse(digits.Value, CultureInfo.InvariantCulture)
            : null;
        var rest = inside[match.Length..];
        if (rest.Length == 0)
        {
            return new VariablePart(name, index);
        }

        // A default that needs expanding itself is left to a shell.
        return rest.StartsWith(":-", StringComparison.Ordinal) && rest.AsSpan(2).IndexOfAny("$`\"'\\") < 0
            ? new VariablePart(name, index, rest[2..])
            : new ShellOnlyPart($"${{{inside}}}", name);
    }

    [GeneratedRegex(@"\A(?<name>[A-Za-z_][A-Za-z0-9_]*)(\[(?<index>[0-9]{1,6})\])?")]
    private static partial Regex Variable();
}
