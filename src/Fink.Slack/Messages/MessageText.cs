using System.Text;

namespace Fink.Slack.Messages;

/// <summary>Text as Slack takes it.</summary>
internal static class MessageText
{
    /// <summary>Characters: above them Slack cuts a message in pieces of its own choosing, in the middle of a table.</summary>
    public const int Limit = 4000;

    private const string Fence = "```";

    /// <summary>
    /// Cuts at the ends of lines, else between words, else anywhere but within a letter. A code block that is cut is
    /// closed and opened again.
    /// </summary>
    public static IReadOnlyList<string> Split(string text, int limit = Limit)
    {
        var parts = new List<string>();
        var rest = text.Trim('\n', '\r');
        while (rest.Length > limit)
        {
            var cut = CutOf(rest, limit - Fence.Length - 1);
            var part = rest[..cut].TrimEnd();
            rest = rest[cut..].TrimStart('\n', '\r');
            if (HasOpenBlock(part))
            {
                part += $"\n{Fence}";
                rest = $"{Fence}\n{rest}";
            }

            parts.Add(part);
        }

        parts.Add(rest);
        return [.. parts.Where(part => part.Length > 0)];
    }

    /// <summary>Alerts are others' text: nothing in it is a link, a mention or the end of a code block.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '`' => escaped.Append('\''),
                _ when char.IsControl(letter) => escaped.Append(' '),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    public static string CodeBlock(string text) => $"{Fence}\n{text}\n{Fence}";

    /// <summary>A part is at least half of what it may be: each takes more off than closing and opening a block adds.</summary>
    private static int CutOf(string text, int limit)
    {
        var half = limit - (limit / 2);
        var line = text.LastIndexOf('\n', limit - 1, half);
        if (line > 0)
        {
            return line;
        }

        var word = text.LastIndexOf(' ', limit - 1, half);
        return word > 0 ? word + 1 : char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
    }

    private static bool HasOpenBlock(string text) => (text.Split(Fence).Length - 1) % 2 == 1;
}
