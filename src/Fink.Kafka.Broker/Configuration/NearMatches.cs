namespace Fink.Kafka.Broker.Configuration;

/// <summary>What somebody may have meant.</summary>
internal static class NearMatches
{
    private const int Most = 3;

    /// <summary>The nearest names first; none that is far from what was written.</summary>
    public static IReadOnlyList<string> Of(string written, IEnumerable<string> names) =>
    [
        .. names.Select(name => (name, distance: Distance(written.ToLowerInvariant(), name)))
            .Where(near => near.distance <= Math.Max(2, near.name.Length / 4))
            .OrderBy(near => near.distance).ThenBy(near => near.name, StringComparer.Ordinal)
            .Take(Most).Select(near => near.name),
    ];

    /// <summary>Levenshtein's: letters to add, drop or change.</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 0; i < a.Length; i++)
        {
            current[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var change = previous[j] + (a[i] == b[j] ? 0 : 1);
                current[j + 1] = Math.Min(change, Math.Min(previous[j + 1], current[j]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
