namespace Fink.Cli.Legacy;

/// <param name="Letter">The letter that was found; see <see cref="Fault"/>.</param>
internal readonly record struct LetterOption(char Letter, string? Value, LetterFault Fault = LetterFault.None);

internal enum LetterFault
{
    None,

    /// <summary>Not among the letters.</summary>
    Unknown,

    /// <summary>It takes a value, and none follows.</summary>
    MissingValue,
}

/// <summary>The shell's getopts: bundled letters (<c>-adu bob</c>, <c>-ubob</c>), ends at the first word or <c>--</c>.</summary>
internal static class GetOpts
{
    /// <param name="letters">Each letter that is an option; a colon behind it when it takes a value.</param>
    public static IEnumerable<LetterOption> Read(string letters, IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word is "--" || word.Length < 2 || word[0] != '-')
            {
                yield break;
            }

            for (var j = 1; j < word.Length; j++)
            {
                var letter = word[j];
                var place = letter == ':' ? -1 : letters.IndexOf(letter, StringComparison.Ordinal);
                if (place < 0)
                {
                    yield return new LetterOption(letter, null, LetterFault.Unknown);
                    continue;
                }

                if (place + 1 == letters.Length || letters[place + 1] != ':')
                {
                    yield return new LetterOption(letter, null);
                    continue;
                }

                // The rest of the word is the value, else the next word, whatever it looks like.
                var value = j + 1 < word.Length ? word[(j + 1)..] : i + 1 < words.Count ? words[++i] : null;
                yield return new LetterOption(letter, value, value is null ? LetterFault.MissingValue : LetterFault.None);
                break;
            }
        }
    }
}
