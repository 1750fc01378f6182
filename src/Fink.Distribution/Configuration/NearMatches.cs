namespace Fink.Distribution.Configuration;

/// <summary>Finds what was meant by a mistyped name.</summary>
internal static class NearMatches
{
    /// <summary>The text <c>; did you mean 'x' or 'y'?</c>, or nothing when no candidate is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        var limit = Math.Max(1, name.Length / 3);
        var near = candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(name, candidate)))
            .Where(pair => pair.Distance <= limit)
            .OrderBy(pair => pair.Distance)
            .Take(2)
            .Select(pair => $"'{pair.Candidate}'");
        var text = string.Join(" or ", near);
        return text.Length == 0 ? "" : $"; did you mean {text}?";
    }

    /// <summary>Levenshtein distance without regard to case; an underscore and a dash are the same.</summary>
    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = diagonal + (Fold(left[i - 1]) == Fold(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }

    private static char Fold(char c) => c == '_' ? '-' : char.ToLowerInvariant(c);
}
