using System.Text;

namespace Fink.Cli.Completions;

/// <summary>The words of a line that is still being typed.</summary>
internal static class LineWords
{
    /// <summary>
    /// Split as a shell would, quotes taken off; the last is the one at the line's end, empty behind a blank. An open quote
    /// goes to the end.
    /// </summary>
    public static IReadOnlyList<string> Of(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isWord = false;
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (letter == '\\' && quote != '\'' && i + 1 < line.Length)
            {
                word.Append(line[++i]);
                isWord = true;
            }
            else if (quote != '\0' ? letter == quote : letter is '\'' or '"')
            {
                quote = quote == '\0' ? letter : '\0';
                isWord = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                if (isWord)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(letter);
                isWord = true;
            }
        }

        words.Add(word.ToString());
        return words;
    }
}
