namespace Fink.ScienceDb.Rules;

/// <summary>Finds the names that a mistyped one may have meant.</summary>
public static class NearNames
{
    private const int MostNames = 3;

    /// <summary>At most three names within a few edits of the given one, or ending in it (<c>magpsf</c> finds <c>candidate.magpsf</c>).</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known)
    {
        var limit = Math.Max(1, name.Length / 3);
        return
        [
            .. known.Select(candidate => (candidate, edits: Edits(name, candidate)))
                .Where(entry => entry.edits <= limit)
                .OrderBy(entry => entry.edits).ThenBy(entry => entry.candidate, StringComparer.Ordinal)
                .Select(entry => entry.candidate)
                .Take(MostNames),
        ];
    }

    private static int Edits(string name, string candidate)
    {
        var last = candidate[(candidate.LastIndexOf('.') + 1)..];
        return name.Contains('.', StringComparison.Ordinal)
            ? Distance(name, candidate)
            : Math.Min(Distance(name, candidate), Distance(name, last));
    }

    /// <summary>Levenshtein's distance, case ignored.</summary>
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
